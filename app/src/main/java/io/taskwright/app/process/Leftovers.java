package io.taskwright.app.process;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.machine.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * What a killed supervisor left running on a data folder. To be ended only by who holds the
 * folder's lock.
 *
 * @param data the folder
 * @param mainClass the class that the parts in Java were started with
 */
public record Leftovers(DataFolder data, String mainClass) {
  private static final Duration UNTIL_KILLED = Duration.ofSeconds(5);
  private static final Duration GLANCE = Duration.ofMillis(50);

  /**
   * Ends them, clients of PostgreSQL before PostgreSQL: first as each likes to be asked, then by
   * force. Afterwards none runs.
   *
   * @param recorded processes that the supervisor wrote down as its own
   * @return whether there was any
   * @throws Obstacle when one cannot be ended
   */
  public boolean end(Set<ProcessId> recorded, Progress progress) {
    boolean any = false;
    for (PartKind kind : PartKind.values()) {
      List<RunningProcess> left = find(kind);
      if (!left.isEmpty()) {
        any = true;
        progress.say("Ending what an earlier run left behind: " + names(left));
        kind.leaders(left).forEach(process -> kind.stop().send(process.id().pid()));
        if (!gone(kind, kind.patience())) {
          killAll(find(kind).stream().map(RunningProcess::id).toList());
        }
        if (!gone(kind, UNTIL_KILLED)) {
          throw new Obstacle(
              "Cannot end %s, left by an earlier run on %s. End it by hand, then try again."
                  .formatted(names(find(kind)), data));
        }
      }
    }
    List<ProcessId> others = recorded.stream().filter(ProcessId::alive).toList();
    killAll(others);
    return any || !others.isEmpty();
  }

  private List<RunningProcess> find(PartKind kind) {
    return ProcessTable.read().stream()
        .filter(process -> kind.made(process, data, mainClass))
        .toList();
  }

  private boolean gone(PartKind kind, Duration within) {
    Instant end = Instant.now().plus(within);
    while (!find(kind).isEmpty()) {
      if (Instant.now().isAfter(end)) {
        return false;
      }
      LockSupport.parkNanos(GLANCE.toNanos());
    }
    return true;
  }

  private static void killAll(List<ProcessId> processes) {
    processes.forEach(process -> Signal.KILL.send(process.pid()));
  }

  private static String names(List<RunningProcess> processes) {
    return String.join(
        ", ",
        processes.stream()
            .map(process -> process.name() + " (" + process.id().pid() + ")")
            .toList());
  }
}
