package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.store.Secrets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A secret that speaks for one execution. The store keeps only its hash.
 *
 * @param secret 20 to 100 characters that are safe in headers
 */
public record ExecutionToken(ExecutionId execution, String secret) {
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{20,100}");

  public ExecutionToken {
    if (!SECRET.matcher(secret).matches()) {
      throw new IllegalArgumentException("a secret has 20 to 100 characters A-Z a-z 0-9 _ -");
    }
  }

  /** A new one. */
  public static ExecutionToken fresh(ExecutionId execution) {
    return new ExecutionToken(execution, Secrets.random());
  }

  /** Reads {@code <execution>.<secret>}. */
  public static Optional<ExecutionToken> parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0 || !SECRET.matcher(text.substring(dot + 1)).matches()) {
      return Optional.empty();
    }
    return ExecutionId.parse(text.substring(0, dot))
        .map(id -> new ExecutionToken(id, text.substring(dot + 1)));
  }

  byte[] hash() {
    return Secrets.hash(toString());
  }

  @Override
  public String toString() {
    return execution + "." + secret;
  }
}
