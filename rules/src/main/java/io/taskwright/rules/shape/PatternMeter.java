package io.taskwright.rules.shape;

import java.util.function.Supplier;

/**
 * Counts what all patterns of a schema spend on one value. They take linear time each; but many,
 * large ones on a large value together are long too.
 */
final class PatternMeter {
  private static final long STEPS = 5_000_000;
  private static final ScopedValue<PatternMeter> CURRENT = ScopedValue.newInstance();

  private long left = STEPS;

  /** Too much was spent. An error, so that nothing on the way takes it for a failed match. */
  static final class Spent extends Error {
    private static final long serialVersionUID = 1L;

    private Spent() {
      super("the patterns take too many steps", null, false, false);
    }
  }

  /** Does the work with a meter of its own; throws {@link Spent} if that runs out. */
  static <T> T within(Supplier<T> work) {
    return ScopedValue.where(CURRENT, new PatternMeter()).call(work::get);
  }

  static void charge(long steps) {
    PatternMeter meter = CURRENT.get();
    meter.left -= steps;
    if (meter.left < 0) {
      throw new Spent();
    }
  }
}
