package io.taskwright.app.machine;

import org.jspecify.annotations.Nullable;

/**
 * Something about this machine that stands in the way. The message is for the person at the
 * keyboard: what, where, and what to do about it.
 */
public final class Obstacle extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Obstacle(String message) {
    this(message, null);
  }

  public Obstacle(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
