package io.taskwright.sandbox.javascript;

import io.taskwright.model.execution.Failure;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.Usage;

/** How a program ended, before it is known what it used. */
sealed interface Outcome {
  record Returned(String output) implements Outcome {}

  record Failed(Failure failure) implements Outcome {}

  record Stopped() implements Outcome {}

  default RunEnd end(Usage usage) {
    return switch (this) {
      case Returned(String output) -> new RunEnd.Returned(output, usage);
      case Failed(Failure failure) -> new RunEnd.Failed(failure, usage);
      case Stopped() -> new RunEnd.Stopped(usage);
    };
  }
}
