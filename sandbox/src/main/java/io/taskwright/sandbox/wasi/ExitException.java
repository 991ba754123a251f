package io.taskwright.sandbox.wasi;

/** Thrown through a module that ends itself. */
public final class ExitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;

  ExitException(int code) {
    super("exit " + code, null, false, false);
    this.code = code;
  }

  /** Its exit code; 0 means that all went well. */
  public int code() {
    return code;
  }
}
