package io.taskwright.sandbox.frame;

/** What came out of an environment is not what a warden says: it is broken, or taken over. */
public final class MalformedFrameException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedFrameException(String message) {
    super(message);
  }
}
