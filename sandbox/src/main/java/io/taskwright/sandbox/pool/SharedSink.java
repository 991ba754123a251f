package io.taskwright.sandbox.pool;

import io.taskwright.sandbox.RunSink;
import java.io.IOException;
import java.io.OutputStream;
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
  public synchronized OutputStream file(String path) throws IOException {
    return sink.file(path);
  }

  /** Not under the monitor: it may take long. */
  @Override
  public void awaitCounting() throws InterruptedException {
    sink.awaitCounting();
  }

  @Override
  public @Nullable Consumer<byte[]> output() {
    return sink.output();
  }
}
