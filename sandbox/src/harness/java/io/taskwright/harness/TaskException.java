package io.taskwright.harness;

/** The program cannot be run, or what it returned cannot be kept. */
final class TaskException extends Exception {
  private static final long serialVersionUID = 1;

  private final String kind;

  private TaskException(String kind, String message) {
    super(message);
    this.kind = kind;
  }

  static TaskException code(String message) {
    return new TaskException("code", message);
  }

  static TaskException output(String message) {
    return new TaskException("output", message);
  }

  String kind() {
    return kind;
  }
}
