package io.taskwright.sandbox.guest;

import java.util.concurrent.atomic.AtomicLong;

/** Names environments so that an operator finds the run by it, and no two are alike. */
public final class EnvironmentName {
  private static final int LONGEST = 80;

  private final AtomicLong count = new AtomicLong();

  /** A name that is a file name too. */
  public String of(String program) {
    String safe = program.replaceAll("[^A-Za-z0-9_-]", "_");
    return safe.substring(0, Math.min(safe.length(), LONGEST)) + "." + count.incrementAndGet();
  }
}
