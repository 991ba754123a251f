package io.taskwright.sandbox.conformance;

import io.taskwright.sandbox.RunSink;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps what a run says, and lets a test wait for it. */
public final class Told implements RunSink {
  private static final long PATIENCE_SECONDS = 30;

  private final List<String> everything = new ArrayList<>();
  private final List<String> stdout = new ArrayList<>();
  private final List<String> stderr = new ArrayList<>();
  private final List<String> system = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final Map<String, ByteArrayOutputStream> files = new TreeMap<>();
  private long bytes;

  @Override
  public synchronized void log(Source source, String line) {
    bytes += line.length() + 1L;
    if (line.equals("ready")) {
      ready.countDown();
    }
    everything.add(source + " " + line);
    switch (source) {
      case STDOUT -> stdout.add(line);
      case STDERR -> stderr.add(line);
      case SYSTEM -> system.add(line);
    }
  }

  @Override
  public synchronized void progress(double fraction, String message) {
    everything.add("PROGRESS " + fraction);
    progress.add(fraction + " " + message);
  }

  @Override
  public void awaitCounting() {
    // Nobody else could have taken it over.
  }

  @Override
  public synchronized OutputStream file(String path) {
    everything.add("FILE " + path);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    if (files.put(path, file) != null) {
      throw new AssertionError(path + " came twice");
    }
    return file;
  }

  /** The files that it left, by their paths. */
  public synchronized Map<String, byte[]> files() {
    Map<String, byte[]> all = new TreeMap<>();
    files.forEach((path, file) -> all.put(path, file.toByteArray()));
    return all;
  }

  /** Waits until the program says {@code ready} on a line of its own. */
  public void awaitReady() {
    try {
      if (!ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("it never said that it is ready: " + everything());
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** All of it, in order. */
  public synchronized List<String> everything() {
    return List.copyOf(everything);
  }

  public synchronized List<String> stdout() {
    return List.copyOf(stdout);
  }

  public synchronized List<String> stderr() {
    return List.copyOf(stderr);
  }

  public synchronized List<String> system() {
    return List.copyOf(system);
  }

  public synchronized List<String> progress() {
    return List.copyOf(progress);
  }

  /** Of all lines, with their ends. */
  public synchronized long bytes() {
    return bytes;
  }
}
