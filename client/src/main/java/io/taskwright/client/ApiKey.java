package io.taskwright.client;

/**
 * What a caller shows to be let in. It never shows itself in a message.
 *
 * @param secret what is sent
 */
public record ApiKey(String secret) {
  public ApiKey {
    if (secret.isEmpty() || secret.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException("an API key has visible ASCII characters only");
    }
  }

  @Override
  public String toString() {
    return "ApiKey[…]";
  }
}
