package io.taskwright.sandbox.guest;

import io.taskwright.sandbox.RunSink;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the threads of a run's way out speak to its sink between the run's own words. Whoever speaks
 * holds this object's monitor.
 */
final class SharedSink implements RunSink {
  private final RunSink sink;

  SharedSink(RunSink sink) {
    this.sink = sink;
  }

  @Override
  public synchronized void log(Source source, String line) {
    sink.log(source, line);
  }

  @Override
  public synchronized void progress(double fraction, String message) {
    sink.progress(fraction, message);
  }

  @Override
  public @Nullable Consumer<byte[]> output() {
    return sink.output();
  }
}
