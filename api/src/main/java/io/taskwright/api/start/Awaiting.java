package io.taskwright.api.start;

import io.taskwright.api.execution.Watchers;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.store.execution.ExecutionView.Detailed;
import io.taskwright.store.execution.Executions;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Waits for executions to end. */
@Component
public class Awaiting {
  /** Notifications are hints; a lost one costs at most this. */
  static final Duration RECHECK = Duration.ofSeconds(5);

  private final Executions executions;

  Awaiting(Executions executions) {
    this.executions = executions;
  }

  /**
   * The execution, if it ends within the time.
   *
   * @param watch of it, begun before it could end
   */
  public Optional<Detailed> of(Project project, ExecutionId id, Duration time, Watchers.Watch watch)
      throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (!left.isPositive()) {
        return Optional.empty();
      }
      watch.await(left.compareTo(RECHECK) < 0 ? left : RECHECK);
      Optional<Detailed> now = executions.find(project, id);
      if (now.filter(seen -> seen.execution().status().ended()).isPresent()) {
        return now;
      }
    }
  }

  /** The end of an execution that may have ended long ago will be told for so long. */
  void tell(Project project, ExecutionId id, Duration time, Watchers.Watch watch) {
    executions.awaitEnd(project, id, time.plus(RECHECK));
    watch.wake();
  }
}
