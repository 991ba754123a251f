package io.taskwright.store;

import java.security.SecureRandom;
import java.util.Base64;

/** Random secrets and their hashes. 256 random bits need no salt and no slow hash. */
public final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** 256 random bits as 43 characters that are safe in URLs and headers. */
  public static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The SHA-256 by which a secret is found again. */
  public static byte[] hash(String secret) {
    return Sha256.of(secret);
  }
}
