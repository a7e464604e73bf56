package dev.portcullis.signin;

import dev.portcullis.operation.Operation;
import java.time.OffsetDateTime;
import java.util.Optional;

/** One way to sign in. */
interface SignIn {
  int LONGEST_USER = 64;

  /**
   * Looks at what the client has brought for this way.
   *
   * @param operation of a client that names a user
   * @return empty when it has brought nothing for this way
   */
  Optional<Proof> prove(Operation operation, OffsetDateTime now);
}
