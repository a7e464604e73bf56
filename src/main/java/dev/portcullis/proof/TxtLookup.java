package dev.portcullis.proof;

/** Who knows the TXT records of a host. */
interface TxtLookup {

  /** Asks, and waits for the answer; takes seconds where nobody answers. */
  TxtAnswer texts(String host);
}
