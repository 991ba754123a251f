package io.taskwright.rules.expression;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * What one evaluation may still spend. A step is one operation, one look at a value or eight
 * characters of text. The steps decide, so that the same data give the same answer on every
 * machine; the time is there for what the steps count badly.
 */
final class Budget {
  static final long STEPS = 100_000;
  static final Duration TIME = Duration.ofMillis(50);

  /** The budget of the evaluation that this thread is in. */
  static final ScopedValue<Budget> CURRENT = ScopedValue.newInstance();

  private static final int CHARACTERS_PER_STEP = 8;
  private static final int STEPS_BETWEEN_LOOKS = 512;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long deadline = now() + TIME.toNanos();
  private long left = STEPS;
  private long untilLook = STEPS_BETWEEN_LOOKS;

  /**
   * The evaluation costs too much. It is an error and no exception because the interpreter takes
   * exceptions for values: {@code true || x} would swallow it, and go on.
   */
  static final class Spent extends Error {
    private static final long serialVersionUID = 1L;

    private Spent() {
      super("the expression costs too much", null, false, false);
    }
  }

  void step() {
    charge(1);
  }

  void text(int characters) {
    charge(1L + characters / CHARACTERS_PER_STEP);
  }

  void charge(long steps) {
    left -= steps;
    untilLook -= steps;
    if (left < 0) {
      throw new Spent();
    }
    if (untilLook < 0) {
      untilLook = STEPS_BETWEEN_LOOKS;
      if (now() > deadline) {
        throw new Spent();
      }
    }
  }

  /** Processor time, where it can be had: a busy machine is nothing that an author did. */
  private static long now() {
    return Thread.currentThread().isVirtual()
        ? System.nanoTime()
        : THREADS.getCurrentThreadCpuTime();
  }
}
