package io.taskwright.app.client;

/** The command cannot be meant so. The message says what would be right. */
public final class Misuse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Misuse(String message) {
    super(message);
  }
}
