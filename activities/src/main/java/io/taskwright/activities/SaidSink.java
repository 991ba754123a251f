package io.taskwright.activities;

import io.taskwright.model.protocol.Said;
import io.taskwright.sandbox.RunSink;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Keeps what a program says until somebody takes it. It never holds the program up: how much it can
 * be is bounded by the log limit of the sandbox.
 */
public final class SaidSink implements RunSink {
  private final InstantSource clock;
  private final Gate gate;
  private List<Said> said = new ArrayList<>();

  /** For a run that always counts. */
  public SaidSink(InstantSource clock) {
    this(clock, () -> {});
  }

  /**
   * For a run that may cease to count.
   *
   * @param gate returns once it counts
   */
  public SaidSink(InstantSource clock, Gate gate) {
    this.clock = clock;
    this.gate = gate;
  }

  /** Holds effects back until they may happen. */
  @FunctionalInterface
  public interface Gate {
    void await() throws InterruptedException;
  }

  @Override
  public void awaitCounting() throws InterruptedException {
    gate.await();
  }

  @Override
  public synchronized void log(Source source, String line) {
    String level =
        switch (source) {
          case STDOUT, SYSTEM -> "INFO";
          case STDERR -> "WARN";
        };
    said.add(Said.line(clock.instant(), level, source.name().toLowerCase(Locale.ROOT), line));
  }

  @Override
  public synchronized void progress(double fraction, String message) {
    said.add(Said.progress(clock.instant(), fraction, message));
  }

  /** Takes everything that was said since the last time. */
  public synchronized List<Said> drain() {
    List<Said> taken = said;
    said = new ArrayList<>();
    return taken;
  }
}
