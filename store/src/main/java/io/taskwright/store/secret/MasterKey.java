package io.taskwright.store.secret;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key that the projects' keys are sealed by. It is never in the database. */
public final class MasterKey {
  private static final int ID_BYTES = 8;

  private final String id;
  private final Seal seal;

  private MasterKey(byte[] key) {
    this.id = idOf(key);
    this.seal = new Seal(key);
  }

  /** The text of a fresh key: 32 random bytes in Base64. */
  public static String fresh() {
    return Base64.getEncoder().encodeToString(Seal.freshKey());
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException if it is not 32 bytes in Base64; the message does not repeat
   *     it
   */
  public static MasterKey parse(String text) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a master key is 32 bytes in Base64", null);
    }
    if (key.length != Seal.KEY_BYTES) {
      throw new IllegalArgumentException("a master key has 32 bytes, this has " + key.length);
    }
    return new MasterKey(key);
  }

  /** Names the key and says nothing about it: 16 hexadecimal digits. */
  public String id() {
    return id;
  }

  Seal seal() {
    return seal;
  }

  private static String idOf(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] hash = mac.doFinal("taskwright master key id".getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "MasterKey[" + id + "]";
  }
}
