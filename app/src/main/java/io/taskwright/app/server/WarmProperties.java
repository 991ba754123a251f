package io.taskwright.app.server;

import io.taskwright.sandbox.pool.WarmSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many environments an executor makes before they are needed, {@code
 * taskwright.executor.warm.*}.
 *
 * @param most in each back end, 0 to 256; 0 for none; eight for each processor if not set
 * @param least for each kind of program that was run within {@code idle}, 0 to 256
 * @param idle how long after its last program nothing waits for a kind any more, from a second on
 * @param age how long an environment waits before another takes its place, from a second on
 */
public record WarmProperties(
    @Nullable Integer most,
    @DefaultValue("1") int least,
    @DefaultValue("PT10M") Duration idle,
    @DefaultValue("PT10M") Duration age) {
  private static final String NAME = "taskwright.executor.warm.";
  private static final int MOST = 256;

  public WarmProperties {
    number("most", most == null ? 0 : most);
    number("least", least);
    time("idle", idle);
    time("age", age);
  }

  WarmSettings settings() {
    return new WarmSettings(most == null ? WarmSettings.usual().most() : most, least, idle, age);
  }

  private static void number(String name, int value) {
    if (value < 0 || value > MOST) {
      throw new IllegalArgumentException(
          NAME + name + " must be from 0 to " + MOST + ", but is " + value);
    }
  }

  private static void time(String name, Duration value) {
    if (value.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(NAME + name + " must be at least PT1S, but is " + value);
    }
  }
}
