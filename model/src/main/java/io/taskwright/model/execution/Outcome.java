package io.taskwright.model.execution;

import io.taskwright.model.Violation;
import java.util.List;

/** How an execution ended; its data are in the store. The set is closed. */
public sealed interface Outcome {
  /** The status that an execution with this outcome stays in for ever. */
  Status status();

  /** The work was done and its output holds what the definition promises. */
  record Completed() implements Outcome {
    @Override
    public Status status() {
      return Status.COMPLETED;
    }
  }

  /** It was never run. */
  record Rejected(List<Violation> violations) implements Outcome {
    public Rejected {
      violations = List.copyOf(violations);
    }

    @Override
    public Status status() {
      return Status.REJECTED;
    }
  }

  /** It was tried; a timeout is a failure too. */
  record Failed(Failure failure) implements Outcome {
    @Override
    public Status status() {
      return Status.FAILED;
    }
  }

  /** Somebody stopped it. */
  record Cancelled(Actor by, String reason) implements Outcome {
    @Override
    public Status status() {
      return Status.CANCELLED;
    }
  }
}
