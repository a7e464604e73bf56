package dev.portcullis.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.admin.Caller;
import dev.portcullis.audit.AuditEvent;
import dev.portcullis.change.Changed;
import dev.portcullis.change.Changed.Kind;
import dev.portcullis.secret.Secrets;
import dev.portcullis.settings.Given;
import dev.portcullis.settings.Settings;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessTokenStoreTest {

  private final class Rows extends AccessTokenRows {
    final List<AccessToken> tokens = new ArrayList<>();
    int read;
    Runnable afterReading = () -> {};

    @Override
    Optional<AccessToken> find(String hash) {
      read++;
      Optional<AccessToken> found =
          tokens.stream().filter(token -> token.hash().equals(hash)).findFirst();
      afterReading.run();
      return found;
    }

    @Override
    void add(AccessToken token, AuditEvent event) {
      tokens.add(token);
    }

    @Override
    boolean signOut(String hash, String address) {
      return tokens.removeIf(token -> token.hash().equals(hash));
    }
  }

  private final Settings settings =
      Given.settings(
          Map.of("portcullis.session-idle", "PT30M", "portcullis.session-length", "PT8H"));
  private final Rows rows = new Rows();
  private final AccessTokenStore store = store();

  /** One replica's, over the rows that all share. */
  @SuppressWarnings("NullAway") // nothing runs by itself here
  private AccessTokenStore store() {
    return new AccessTokenStore(rows, new Secrets(settings), settings, null);
  }

  private static OffsetDateTime in(Duration time) {
    return OffsetDateTime.now(ZoneOffset.UTC).plus(time);
  }

  private String machine(String role) {
    return String.valueOf(store.add(new AccessTokenEdit("backup", role, null), "admin").token());
  }

  private String session() {
    return store.signIn("alice", List.of("portcullis-auditor"), "realm", "192.0.2.1");
  }

  private boolean counts(String session, OffsetDateTime now) {
    return store.caller(TokenKind.SESSION, session, now).isPresent();
  }

  @Test
  void knowsAMachineByItsTokenAndAPersonByTheirSession() {
    assertEquals(
        Optional.of(new Caller("token:backup", List.of("portcullis-operator"), "token")),
        store.ofMachine(machine("portcullis-operator")));
    assertEquals(
        Optional.of(new Caller("alice", List.of("portcullis-auditor"), "session")),
        store.ofSession(session()));
  }

  @Test
  void knowsNoTokenOfTheOtherKindAndNoneThatIsNearlyRight() {
    String token = machine("portcullis-admin");
    String session = session();
    assertEquals(Optional.empty(), store.ofSession(token));
    assertEquals(Optional.empty(), store.ofMachine(session));
    assertEquals(Optional.empty(), store.ofMachine("pct_" + session));
    assertEquals(Optional.empty(), store.ofMachine(token + "x"));
    assertEquals(Optional.empty(), store.ofMachine(""));
    assertEquals(Optional.empty(), store.ofSession(""));
  }

  @Test
  void keepsOnlyAHash() {
    String token = machine("portcullis-admin");
    AccessToken row = rows.tokens.get(0);
    assertTrue(row.hash().matches("[0-9a-f]{64}"));
    assertFalse((row + row.name() + row.hash()).contains(token));
  }

  @Test
  void endsASessionThatIsIdle() {
    String session = session();
    assertTrue(counts(session, in(Duration.ofMinutes(29))));
    assertTrue(counts(session, in(Duration.ofMinutes(58))), "it was used meanwhile");
    assertFalse(counts(session, in(Duration.ofMinutes(89))));
  }

  @Test
  void endsASessionThatIsOldHoweverMuchItIsUsed() {
    String session = session();
    for (int minutes = 0; minutes < 480; minutes += 20) {
      assertTrue(counts(session, in(Duration.ofMinutes(minutes))), "after " + minutes);
    }
    assertFalse(counts(session, in(Duration.ofHours(8).plusSeconds(1))));
  }

  @Test
  void asksTheRowsBeforeItEndsASessionThatAnotherReplicaMayHaveSeen() {
    String session = session();
    assertTrue(counts(session, in(Duration.ZERO)));
    AccessToken row = rows.tokens.remove(0);
    AccessToken seenElsewhere =
        AccessToken.ofSession("alice", row.roles(), row.hash(), in(Duration.ofHours(8)));
    rows.tokens.add(seenElsewhere);
    int before = rows.read;
    assertTrue(counts(session, in(Duration.ofMinutes(29))));
    assertEquals(before, rows.read);
    assertFalse(counts(session, in(Duration.ofMinutes(60))));
    assertEquals(before + 1, rows.read);
  }

  @Test
  void readsOnceUntilATokenChanges() {
    String token = machine("portcullis-admin");
    String hash = rows.tokens.get(0).hash();
    assertTrue(store.ofMachine(token).isPresent());
    assertTrue(store.ofMachine(token).isPresent());
    assertEquals(1, rows.read);
    rows.tokens.clear();
    store.changed(new Changed(Kind.NODE, AccessTokenStore.ref(hash)));
    assertTrue(store.ofMachine(token).isPresent(), "it can't know yet");
    store.changed(new Changed(Kind.ACCESS_TOKEN, AccessTokenStore.ref(hash)));
    assertFalse(store.ofMachine(token).isPresent());
  }

  @Test
  void keepsNothingThatWasRevokedWhileItWasRead() {
    String token = machine("portcullis-admin");
    String hash = rows.tokens.get(0).hash();
    rows.afterReading =
        () -> {
          rows.tokens.clear();
          store.changed(new Changed(Kind.ACCESS_TOKEN, AccessTokenStore.ref(hash)));
        };
    store.ofMachine(token);
    rows.afterReading = () -> {};
    assertFalse(store.ofMachine(token).isPresent());
  }

  @Test
  void anotherReplicaKnowsTheSessionToo() {
    String session = session();
    AccessTokenStore other = store();
    assertTrue(other.ofSession(session).isPresent());
    assertTrue(store.signOut(session, "192.0.2.1"));
    assertFalse(store.ofSession(session).isPresent());
  }
}
