package dev.portcullis.signin;

import dev.portcullis.decision.SignInWay;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has become of what a client brought to prove who it is. */
sealed interface Proof {

  /**
   * The client is the user that it says.
   *
   * @param credentialId key of the token; empty for every other way
   * @param until when the proof has served its time; null when it ends only by being taken back
   * @param groups that the company's directory names; null where it was not asked
   */
  record Proved(
      SignInWay way,
      String credentialId,
      @Nullable OffsetDateTime until,
      @Nullable Set<String> groups)
      implements Proof {}

  /** It does not count; code and reason as in a rejection. */
  record Failed(String code, String reason) implements Proof {
    private static final String WORDING =
        "Portcullis does not admit this user with this secret. Check user, and metadatas.token, metadatas.password or auth.oidc, in frpc's configuration, or ask whoever runs the server.";
    private static final String SSH_WORDING =
        "Portcullis does not admit this SSH key. Its comment in the authorized keys of frps must be the name of an account to which ssh is open; ask whoever runs the server.";

    // the code tells the administrator; the client learns nothing that helps to guess
    static Failed of(String code) {
      return new Failed(code, WORDING);
    }

    static Failed ofSsh(String code) {
      return new Failed(code, SSH_WORDING);
    }

    static Failed of(SignInWay way, String code) {
      return way == SignInWay.SSH ? ofSsh(code) : of(code);
    }
  }
}
