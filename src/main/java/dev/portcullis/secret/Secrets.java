package dev.portcullis.secret;

import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes secrets, and hashes and compares them under the operator's key. Safe for use by many
 * threads.
 */
@ApplicationScoped
public class Secrets {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int TOKEN_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Map<Purpose, SecretKeySpec> keys = new EnumMap<>(Purpose.class);

  /** What a hash is for; a hash made for one purpose is worth nothing for another. */
  public enum Purpose {
    NODE_SECRET,
    CREDENTIAL,
    SESSION_GRANT,
    PASSWORD_MEMORY,
    ACCESS_TOKEN,
    PROXY_SECRET,
    DOMAIN_PROOF
  }

  /** For the container's proxy only. */
  protected Secrets() {}

  @Inject
  public Secrets(Settings settings) {
    SecretKeySpec master =
        new SecretKeySpec(settings.key().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    for (Purpose purpose : Purpose.values()) {
      keys.put(
          purpose,
          new SecretKeySpec(
              mac(master, purpose.name().getBytes(StandardCharsets.UTF_8)), ALGORITHM));
    }
  }

  /** A new token of 256 random bits, in letters that need no escaping in a URL or a TOML text. */
  public String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A new run id in frp's form: 16 lower-case hex digits. */
  public String newRunId() {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The keyed hash of {@code secret}: 64 lower-case hex digits. */
  public String hash(Purpose purpose, String secret) {
    return HexFormat.of().formatHex(mac(key(purpose), secret.getBytes(StandardCharsets.UTF_8)));
  }

  /** Compares two hashes in a time that does not depend on where they differ. */
  public static boolean same(String hash, String other) {
    return MessageDigest.isEqual(
        hash.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private SecretKeySpec key(Purpose purpose) {
    SecretKeySpec key = keys.get(purpose);
    if (key == null) {
      throw new IllegalStateException("No key for " + purpose);
    }
    return key;
  }

  private static byte[] mac(SecretKeySpec key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }
}
