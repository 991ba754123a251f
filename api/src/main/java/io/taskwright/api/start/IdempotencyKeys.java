package io.taskwright.api.start;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.store.Sha256;
import io.taskwright.store.execution.NewExecution.StartKey;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys under which asking again makes nothing new. */
public final class IdempotencyKeys {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

  private IdempotencyKeys() {}

  /**
   * The key that came with the request.
   *
   * @param asked what is asked for; the same for bodies that differ in white space only
   */
  public static @Nullable StartKey of(HttpServletRequest request, String asked) {
    String key = request.getHeader("Idempotency-Key");
    return key == null ? null : of(key, asked);
  }

  static StartKey of(String key, String asked) {
    if (!KEY.matcher(key).matches()) {
      throw new ProblemException(
          ProblemCode.INVALID_IDEMPOTENCY_KEY,
          "an idempotency key has 1 to 255 visible ASCII characters");
    }
    return new StartKey(key, Sha256.of(asked));
  }

  /** The key came before with something else. */
  public static ProblemException conflict() {
    return new ProblemException(
        ProblemCode.IDEMPOTENCY_CONFLICT,
        "this Idempotency-Key came before with another request; use a new key");
  }
}
