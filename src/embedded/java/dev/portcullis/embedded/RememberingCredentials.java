package dev.portcullis.embedded;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.catalina.CredentialHandler;

/**
 * Checks a password slowly the first time only. BASIC sends it with every request, and the slow
 * hash, which protects a stolen users.xml, takes longer than most requests (about 150 ms).
 */
final class RememberingCredentials implements CredentialHandler {
  // with more at once, guesses would take the processor and the threads that answer frps
  private static final int SLOW_CHECKS_AT_ONCE = 1;
  private static final int SLOW_CHECKS_WAITING = 16;

  private final CredentialHandler slow;
  private final Semaphore slowChecks = new Semaphore(SLOW_CHECKS_AT_ONCE);
  // by stored password, hence never larger than users.xml
  private final Map<String, byte[]> verified = new ConcurrentHashMap<>();
  private final SecretKeySpec keyOfThisProcess;

  RememberingCredentials(CredentialHandler slow) {
    this.slow = slow;
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    this.keyOfThisProcess = new SecretKeySpec(key, "HmacSHA256");
  }

  @Override
  public boolean matches(String password, String stored) {
    byte[] mark = mark(password);
    if (isVerified(mark, stored)) {
      return true;
    }
    if (slowChecks.getQueueLength() >= SLOW_CHECKS_WAITING) {
      return false;
    }
    slowChecks.acquireUninterruptibly();
    try {
      // a page sends several first requests at once
      if (isVerified(mark, stored)) {
        return true;
      }
      boolean matches = slow.matches(password, stored);
      if (matches) {
        verified.put(stored, mark);
      }
      return matches;
    } finally {
      slowChecks.release();
    }
  }

  private boolean isVerified(byte[] mark, String stored) {
    byte[] known = verified.get(stored);
    return known != null && MessageDigest.isEqual(known, mark);
  }

  @Override
  public String mutate(String password) {
    return slow.mutate(password);
  }

  private byte[] mark(String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keyOfThisProcess);
      return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }
}
