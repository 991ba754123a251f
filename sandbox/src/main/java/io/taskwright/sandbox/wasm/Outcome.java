package io.taskwright.sandbox.wasm;

import io.taskwright.model.execution.Failure;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.Usage;

/** How a program ended, before it is known what it used. */
public sealed interface Outcome {
  /** It gave this output, one JSON value. */
  record Returned(String output) implements Outcome {}

  /** It failed so. */
  record Failed(Failure failure) implements Outcome {}

  /** Somebody stopped it. */
  record Stopped() implements Outcome {}

  /** The same with what was used. */
  default RunEnd end(Usage usage) {
    return switch (this) {
      case Returned(String output) -> new RunEnd.Returned(output, usage);
      case Failed(Failure failure) -> new RunEnd.Failed(failure, usage);
      case Stopped() -> new RunEnd.Stopped(usage);
    };
  }
}
