package io.taskwright.sandbox.wasm;

/** Thrown when bytes are no module that can be run here; the message says why, for its author. */
final class UnusableModuleException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  UnusableModuleException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
