package dev.portcullis.proof;

import java.util.List;

/** What came of a look-up. */
sealed interface TxtAnswer {

  /** The texts of the host, each put together of its parts. */
  record Found(List<String> texts) implements TxtAnswer {
    public Found {
      texts = List.copyOf(texts);
    }
  }

  /** There is no such host, or it has no text. */
  record Absent() implements TxtAnswer {}

  /** Nobody knows. */
  record Failed(String cause) implements TxtAnswer {}
}
