package dev.portcullis.proof;

import dev.portcullis.reservation.DomainName;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What an account has proved, for the tests of other rooms. */
public final class Proved {
  private Proved() {}

  /** A store in which every account has claimed nothing. */
  public static DomainClaimStore nothing() {
    return store(List.of());
  }

  /** A store in which every account has proved the same, and only claimed the rest. */
  public static DomainClaimStore store(List<String> proved, String... open) {
    ProvedDomains domains =
        new ProvedDomains(
            proved.stream().map(DomainName::new).toList(),
            Arrays.stream(open)
                .collect(
                    Collectors.toMap(
                        DomainName::new,
                        domain -> new Challenge(Challenge.host(domain), "portcullis=abc"))));
    return new DomainClaimStore() {
      @Override
      public ProvedDomains of(String accountId) {
        return domains;
      }
    };
  }
}
