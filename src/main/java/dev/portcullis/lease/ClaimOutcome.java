package dev.portcullis.lease;

/** What came of a wish for a lease. */
sealed interface ClaimOutcome {

  /** It is held now, on this port; 0 for a type without one. */
  record Held(int remotePort) implements ClaimOutcome {}

  /** The proxies that it shares its load with are on another port. */
  record Elsewhere(int remotePort) implements ClaimOutcome {}

  /** It is not to be had. */
  record Refused(String code, String reason) implements ClaimOutcome {}
}
