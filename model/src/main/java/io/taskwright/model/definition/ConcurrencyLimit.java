package io.taskwright.model.definition;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many executions of a task may be under way at once.
 *
 * @param limit 1 to 10000
 * @param key an expression over the input: each of its values has the limit for itself; null for
 *     one limit for the whole task
 * @param onLimit what becomes of an execution that finds it reached
 */
public record ConcurrencyLimit(int limit, @Nullable String key, OnLimit onLimit) {
  /** The most that a limit can let through. */
  public static final int MOST = 10_000;

  /** What becomes of an execution that finds the limit reached. */
  public enum OnLimit {
    /** It waits for its turn. */
    QUEUE("queue"),
    /** It is cancelled, on record. */
    CANCEL_NEWEST("cancelNewest"),
    /** The one that waits longest is cancelled, or if none waits, the one that runs longest. */
    CANCEL_OLDEST("cancelOldest"),
    /** Its start is refused, and nothing is on record. */
    REJECT("reject");

    private final String word;

    OnLimit(String word) {
      this.word = word;
    }

    /** As definitions name it. */
    public String word() {
      return word;
    }

    /** The one of that name. */
    public static Optional<OnLimit> of(String word) {
      return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /** All names. */
    public static List<String> words() {
      return Arrays.stream(values()).map(OnLimit::word).toList();
    }
  }
}
