package dev.portcullis.proof;

import dev.portcullis.admin.ProblemException;
import dev.portcullis.reservation.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * A wish to claim a domain.
 *
 * @param domain {@code shop.example.com}, or {@code *.example.com} for all below it
 */
public record DomainClaimEdit(@Nullable String domain) {
  private static final int LONGEST_HOST = 253;

  String requiredDomain() {
    if (domain == null) {
      throw ProblemException.badRequest("Give a domain: {\"domain\":\"shop.example.com\"}");
    }
    try {
      String name = new DomainName(domain.strip()).text();
      String host = Challenge.host(name);
      if (host.length() > LONGEST_HOST || host.indexOf('.') == host.lastIndexOf('.')) {
        throw new IllegalArgumentException(
            "it must have a dot inside, and leave room for the host of the record");
      }
      return name;
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("domain '" + domain + "': " + e.getMessage());
    }
  }
}
