package io.taskwright.model.batch;

import io.taskwright.model.execution.Status;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a batch does to each of its executions. */
public sealed interface Operation {
  /** The name of the operation in requests and rows. */
  String word();

  /** The statuses in which it finds something to do; others are skipped. */
  Set<Status> fits();

  /**
   * A command to an execution under way.
   *
   * @param reason for the record
   */
  record Control(Command command, String reason) implements Operation {
    @Override
    public String word() {
      return command.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Set<Status> fits() {
      return command == Command.RESUME ? EnumSet.of(Status.PAUSED) : going();
    }
  }

  /** What can be commanded without saying more. */
  enum Command {
    CANCEL,
    TERMINATE,
    PAUSE,
    RESUME
  }

  /**
   * Changes its place among those that wait.
   *
   * @param priority 1 (first) to 5
   */
  record Prioritize(int priority, String reason) implements Operation {
    @Override
    public String word() {
      return "priority";
    }

    @Override
    public Set<Status> fits() {
      return going();
    }
  }

  /** Tries again what failed or was cancelled, on a version. */
  record Retry(VersionChoice version) implements Operation {
    @Override
    public String word() {
      return "retry";
    }

    @Override
    public Set<Status> fits() {
      return EnumSet.of(Status.FAILED, Status.CANCELLED);
    }
  }

  /**
   * Does again whatever ended.
   *
   * @param input JSON that takes the place of each one's own; empty to keep that
   */
  record Rerun(VersionChoice version, Optional<String> input) implements Operation {
    @Override
    public String word() {
      return "rerun";
    }

    @Override
    public Set<Status> fits() {
      Set<Status> ended = EnumSet.allOf(Status.class);
      ended.removeIf(status -> !status.ended());
      return ended;
    }
  }

  private static Set<Status> going() {
    Set<Status> going = EnumSet.allOf(Status.class);
    going.removeIf(Status::ended);
    return going;
  }
}
