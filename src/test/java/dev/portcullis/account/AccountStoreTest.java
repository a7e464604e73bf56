package dev.portcullis.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.SignInWay;
import dev.portcullis.settings.Given;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountStoreTest {
  private final Map<String, KnownAccount> rows = new HashMap<>();
  private final AccountStore store = new AccountStore(new OtherReplicas(), Given.settings());

  /** Rows that another replica has written before we came; nobody has told us. */
  private final class OtherReplicas extends AccountRows {
    @Override
    Optional<KnownAccount> known(String name) {
      return Optional.ofNullable(rows.get(name));
    }

    @Override
    boolean welcome(String name, SignInWay way, Set<String> groups) {
      return false;
    }

    @Override
    boolean learn(String name, Set<String> groups) {
      return false;
    }
  }

  @Test
  void knowsAnAccountThatAnotherReplicaHasJustMade() {
    assertTrue(store.find("alice").isEmpty());
    rows.put("alice", KnownAccount.newcomer("alice", Set.of("staff")));
    store.welcome("alice", SignInWay.PASSWORD, Set.of("staff"));
    assertTrue(store.find("alice").isPresent());
  }

  @Test
  void knowsGroupsThatAnotherReplicaHasJustLearned() {
    rows.put("alice", KnownAccount.newcomer("alice", Set.of()));
    assertTrue(store.find("alice").isPresent());
    rows.put("alice", KnownAccount.newcomer("alice", Set.of("staff")));
    store.learn("alice", Set.of("staff"));
    assertEquals(
        Optional.of(Set.of("staff")), store.find("alice").map(KnownAccount::directoryGroups));
  }
}
