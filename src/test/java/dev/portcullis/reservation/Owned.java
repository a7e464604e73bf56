package dev.portcullis.reservation;

import java.util.Arrays;

/** What an account owns, for the tests of other rooms. */
public final class Owned {
  private Owned() {}

  /** Of texts such as {@code tcp-port 6000-6010}. */
  public static GrantSet of(String... grants) {
    return new GrantSet(Arrays.stream(grants).map(Owned::grant).toList());
  }

  /** A store in which every account owns the same. */
  public static GrantStore store(String... grants) {
    GrantSet set = of(grants);
    return new GrantStore() {
      @Override
      public GrantSet of(String accountId) {
        return set;
      }
    };
  }

  private static Grant grant(String text) {
    String[] words = text.split(" ", 2);
    return new GrantEdit(words[0], words[1]).grantFor("account-id");
  }
}
