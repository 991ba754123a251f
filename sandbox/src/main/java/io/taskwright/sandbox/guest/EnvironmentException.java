package io.taskwright.sandbox.guest;

/** The place to run could not be prepared; the message says why and what to do, for a person. */
public final class EnvironmentException extends Exception {
  private static final long serialVersionUID = 1;

  public EnvironmentException(String message) {
    super(message);
  }

  public EnvironmentException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
