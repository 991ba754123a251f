package io.taskwright.store.execution;

import io.taskwright.model.ByteSize;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.Status;
import io.taskwright.model.file.InputFile;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An execution as it stands in its row. The strings of {@code input}, {@code output}, {@code
 * failure}, {@code labels}, {@code origin}, {@code progress}, {@code route}, {@code cancel}, {@code
 * cached}, {@code pause}, {@code skip}, {@code warnings} are JSON.
 *
 * @param seq the number of its newest event
 * @param files that were given with the start
 * @param awaits the names of the signals that must come before it is due
 * @param logsRemovedAt when its log was removed because its time was over
 * @param dryRun null if it is real
 * @param parent the execution that it checks; null if it checks none
 */
public record ExecutionView(
    ExecutionId id,
    Project project,
    TaskId task,
    String taskName,
    int taskVersion,
    Status status,
    long seq,
    int priority,
    String pool,
    String input,
    @Nullable String output,
    @Nullable String failure,
    String labels,
    String origin,
    Instant acceptedAt,
    Instant dueAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String progress,
    @Nullable String route,
    @Nullable String cancel,
    @Nullable String waitingFor,
    @Nullable Instant waitingSince,
    List<InputFile> files,
    @Nullable String cached,
    @Nullable String pause,
    @Nullable String skip,
    @Nullable String warnings,
    List<String> awaits,
    @Nullable Instant logsRemovedAt,
    @Nullable Would dryRun,
    @Nullable ExecutionId parent) {
  public ExecutionView {
    files = List.copyOf(files);
    awaits = List.copyOf(awaits);
  }

  /**
   * A dry run.
   *
   * @param does what it does in the place of its work
   * @param steps what a real one would have done, as JSON; null until admission
   */
  public record Would(DryRun does, @Nullable String steps) {}

  /**
   * One try at the work; {@code failure} and {@code usage} are JSON.
   *
   * @param memory what it had; null for attempts of earlier versions
   */
  public record AttemptView(
      int number,
      String worker,
      @Nullable String environment,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String failure,
      @Nullable String usage,
      @Nullable ByteSize memory) {}

  /**
   * An execution with its attempts, the first one first.
   *
   * @param checks JSON, the executions that check it; null if there are none
   */
  public record Detailed(
      ExecutionView execution, List<AttemptView> attempts, @Nullable String checks) {
    public Detailed {
      attempts = List.copyOf(attempts);
    }
  }
}
