package dev.portcullis.reservation;

import dev.portcullis.reservation.GrantSet.Transport;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** What an account owns, for the tests of other rooms. */
public final class Owned {
  private Owned() {}

  /** Of texts such as {@code tcp-port 6000-6010}. */
  public static GrantSet of(String... grants) {
    return new GrantSet(Arrays.stream(grants).map(Owned::grant).toList());
  }

  /** A store in which every account owns the same. */
  public static GrantStore store(String... grants) {
    return store(port -> false, grants);
  }

  /** The same, where ports are others' alone. */
  public static GrantStore store(IntPredicate exclusive, String... grants) {
    GrantSet set = of(grants);
    return new GrantStore() {
      @Override
      public GrantSet of(String accountId) {
        return set;
      }

      @Override
      public boolean isAnothersAlone(String accountId, Transport transport, int port) {
        return exclusive.test(port);
      }
    };
  }

  private static Grant grant(String text) {
    String[] words = text.split(" ", 2);
    return new GrantEdit(words[0], words[1], null).grantFor("account-id");
  }
}
