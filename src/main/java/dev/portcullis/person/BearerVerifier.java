package dev.portcullis.person;

import java.util.Optional;

/** Knows Bearer tokens of the admin API that are not Portcullis's own. */
public interface BearerVerifier {
  /** How its tokens are called where the way of signing in is told, as in {@code jwt}. */
  String method();

  /** Whose token it is; empty when it is none that counts, for whatever reason. */
  Optional<CallerGroups> verify(String token);
}
