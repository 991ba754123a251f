package io.taskwright.app.client;

import io.taskwright.client.Ending;

/** What a verb tells the shell. The numbers are those of api.md. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;

  /** The caller has to change something: the arguments, the definition, the input, the key. */
  static final int REFUSED = 2;

  static final int CANCELLED = 3;

  /** There is no service, or what became of the request is unknown. */
  static final int UNREACHABLE = 4;

  /** Ctrl-C ended the command, not the execution. */
  static final int INTERRUPTED = 128 + 2;

  private ExitCode() {}

  static int of(Ending ending) {
    return switch (ending) {
      case Ending.Completed completed -> DONE;
      case Ending.Failed failed -> FAILED;
      case Ending.Rejected rejected -> REFUSED;
      case Ending.Cancelled cancelled -> CANCELLED;
    };
  }
}
