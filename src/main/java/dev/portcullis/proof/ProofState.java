package dev.portcullis.proof;

import java.util.Locale;

/** How far the proof of a domain is. */
public enum ProofState {
  /** The record was never seen. */
  PENDING,
  /** The record was there. */
  PROVED,
  /** It was there and is not now; the domain is the account's a while longer. */
  MISSING,
  /** It is gone for too long. */
  LOST;

  boolean holds() {
    return this == PROVED || this == MISSING;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
