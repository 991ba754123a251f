package io.taskwright.app.server;

/** Why a worker process does not start, in one line for the person who started it. */
public final class StartFailure extends Exception {
  /** Temporal or the service does not answer, or something else answers there. */
  public static final int UNREACHABLE = 4;

  /** The service does not take the executor's key. */
  public static final int KEY_REFUSED = 5;

  /** This host offers no sandbox, and code is not run without one. */
  public static final int NO_SANDBOX = 6;

  private static final long serialVersionUID = 1L;

  private final int code;

  StartFailure(int code, String message) {
    super(message);
    this.code = code;
  }

  /** With which the process ends. */
  public int code() {
    return code;
  }
}
