package dev.portcullis.rewrite;

import dev.portcullis.policy.Rewritable;
import dev.portcullis.policy.Setting;
import dev.portcullis.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * The secrets that rewrites impose or have generated. A generated one is derived with the
 * operator's key from what it is for, so that nothing is stored and every replica knows it; it
 * changes with its edition, with the key, and when an account is made anew.
 */
@ApplicationScoped
class ProxySecrets {
  /** 128 bits, in hex. */
  private static final int LENGTH = 32;

  private Secrets secrets;

  /**
   * What a secret is for.
   *
   * @param proxy its name, without the user's prefix
   * @param group of load balancing; empty for none
   */
  record Owner(String accountId, String proxy, String group) {}

  /** For the container's proxy only. */
  protected ProxySecrets() {}

  @Inject
  ProxySecrets(Secrets secrets) {
    this.secrets = secrets;
  }

  String of(Setting setting, Owner owner) {
    if (!setting.isGenerated()) {
      return setting.text();
    }
    // members of a group must agree, and visitors can't tell which of them answers
    String whose =
        owner.group().isEmpty() || setting.member() == Rewritable.SK
            ? "proxy\n" + owner.proxy()
            : "group\n" + owner.group();
    return secrets
        .hash(
            Secrets.Purpose.PROXY_SECRET,
            String.join(
                "\n",
                setting.member().word(),
                owner.accountId(),
                Integer.toString(setting.edition()),
                whose))
        .substring(0, LENGTH);
  }
}
