package io.taskwright.sandbox.layer;

/** What came out of an environment is no pack, or one that is not taken; the message says why. */
final class BadPackException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadPackException(String message) {
    super(message);
  }

  BadPackException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
