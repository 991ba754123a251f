package io.taskwright.app.server;

import io.taskwright.store.retention.Keep;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what has ended is kept, {@code taskwright.retention.*}.
 *
 * @param executions after their end, where a project has not said otherwise: PT1H to P3650D, or
 *     {@code forever}
 * @param bundles after their upload or after somebody was last about to name them, where no version
 *     and no draft does; at least PT1M
 * @param every how often what is over is looked for, at least PT1S
 */
public record RetentionProperties(
    @DefaultValue("P90D") String executions,
    @DefaultValue("P1D") Duration bundles,
    @DefaultValue("PT10M") Duration every) {
  private static final String FOREVER = "forever";

  public RetentionProperties {
    read(executions);
    if (bundles.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException(
          "taskwright.retention.bundles must be at least PT1M, but is " + bundles);
    }
    if (every.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "taskwright.retention.every must be at least PT1S, but is " + every);
    }
  }

  Optional<Duration> keep() {
    return read(executions);
  }

  private static Optional<Duration> read(String text) {
    if (text.equals(FOREVER)) {
      return Optional.empty();
    }
    try {
      Duration duration = Duration.parse(text);
      if (duration.compareTo(Keep.LEAST) >= 0 && duration.compareTo(Keep.MOST) <= 0) {
        return Optional.of(duration);
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "taskwright.retention.executions must be from PT1H to P3650D or forever, but is " + text);
  }
}
