package io.taskwright.sandbox.pool;

import java.time.Duration;

/**
 * How many environments wait for programs.
 *
 * @param most at once, for all kinds of programs together; 0 for none
 * @param least for each kind of program that was run within {@code idle}, as far as {@code most}
 *     allows; 0 for as many as demand asks for
 * @param idle how long after its last program nothing waits for a kind any more
 * @param age how long one waits before another takes its place
 */
public record WarmSettings(int most, int least, Duration idle, Duration age) {
  private static final int PER_PROCESSOR = 8;

  /** No environment is made before it is needed. */
  public static final WarmSettings NONE =
      new WarmSettings(0, 0, Duration.ofMinutes(10), Duration.ofMinutes(10));

  public WarmSettings {
    if (most < 0 || least < 0) {
      throw new IllegalArgumentException("numbers of environments are not below 0");
    }
    if (idle.compareTo(Duration.ofSeconds(1)) < 0 || age.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("environments wait for at least a second");
    }
  }

  /** What suits this host. */
  public static WarmSettings usual() {
    return new WarmSettings(
        PER_PROCESSOR * Runtime.getRuntime().availableProcessors(),
        1,
        Duration.ofMinutes(10),
        Duration.ofMinutes(10));
  }
}
