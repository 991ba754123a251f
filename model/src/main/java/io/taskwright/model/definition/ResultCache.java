package io.taskwright.model.definition;

import java.time.Duration;
import java.util.List;

/**
 * For how long a result may be given again for the same input.
 *
 * @param ttl from the end of the execution that did the work; 1 second to 30 days
 * @param key JSON pointers to the parts of the input that the result depends on; all of it if empty
 */
public record ResultCache(Duration ttl, List<String> key) {
  /** The shortest time. */
  public static final Duration LEAST = Duration.ofSeconds(1);

  /** The longest time. */
  public static final Duration MOST = Duration.ofDays(30);

  /** The most pointers of a key. */
  public static final int MOST_POINTERS = 20;

  public ResultCache {
    key = List.copyOf(key);
  }
}
