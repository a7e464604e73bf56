package dev.portcullis.rewrite;

import dev.portcullis.revision.Ruled;
import dev.portcullis.secret.Secrets;
import dev.portcullis.settings.Given;

/** Rewrites for the tests of policies. */
final class Rewritten {
  private Rewritten() {}

  static RewriteStore by(String document) {
    return new RewriteStore(Ruled.by(document), new ProxySecrets(new Secrets(Given.settings())));
  }
}
