package dev.portcullis.proof;

import dev.portcullis.secret.Secrets;

/**
 * The record that proves a domain. Whoever looks may see it: it says for which account the owner of
 * the domain has set it, and is worth nothing to another.
 *
 * @param host that has the record
 * @param text of the record
 */
record Challenge(String host, String text) {
  private static final String LABEL = "_portcullis-challenge.";

  static Challenge of(String accountId, String domain, Secrets secrets) {
    return new Challenge(
        host(domain),
        "portcullis=" + secrets.hash(Secrets.Purpose.DOMAIN_PROOF, accountId + "/" + domain));
  }

  /** The host for a domain; of a wildcard, beside what is below it. */
  static String host(String domain) {
    return LABEL + (domain.startsWith("*.") ? domain.substring(2) : domain);
  }

  /** As a line of a zone. */
  String line() {
    return "%s TXT \"%s\"".formatted(host, text);
  }
}
