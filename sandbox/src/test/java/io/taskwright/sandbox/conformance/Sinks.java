package io.taskwright.sandbox.conformance;

import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunSink;
import java.util.concurrent.CompletableFuture;

/** Sinks that make trouble. */
public final class Sinks {
  private Sinks() {}

  /** Takes nothing. */
  public static final class Broken implements RunSink {
    @Override
    public void log(Source source, String line) {
      throw new IllegalStateException("disk full");
    }

    @Override
    public void progress(double fraction, String message) {
      throw new IllegalStateException("disk full");
    }

    @Override
    public void awaitCounting() {
      // Nobody else could have taken it over.
    }
  }

  /** Closes the run at the first line. */
  public static final class Closing implements RunSink {
    private final CompletableFuture<Run> run = new CompletableFuture<>();

    /** Says which. */
    public void closes(Run one) {
      run.complete(one);
    }

    @Override
    public void log(Source source, String line) {
      run.join().close();
    }

    @Override
    public void progress(double fraction, String message) {
      // None is told.
    }

    @Override
    public void awaitCounting() {
      // Nobody else could have taken it over.
    }
  }
}
