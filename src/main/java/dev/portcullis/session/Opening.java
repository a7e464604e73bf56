package dev.portcullis.session;

import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.policy.Excess;

/** What came of a wish for a session. */
sealed interface Opening {

  /** It is open. */
  record Opened(SessionIdentity session) implements Opening {}

  /** The run id is another account's. */
  record ForeignRunId() implements Opening {}

  /** It would be one too many. */
  record TooMany(Excess excess) implements Opening {}
}
