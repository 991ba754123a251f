package io.taskwright.activities.executor;

import java.io.IOException;

/** The service has answered that it does not take this; asking again would change nothing. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int UNAUTHENTICATED = 401;
  private static final int FORBIDDEN = 403;

  private final int status;

  RefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Whether it was the executor's key that the service does not take. */
  public boolean ofKey() {
    return status == UNAUTHENTICATED || status == FORBIDDEN;
  }
}
