package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.file.InputFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored when a start is accepted.
 *
 * @param pool where the work will go, as far as can be said before admission
 * @param priority 1 (first) to 5
 * @param input JSON, defaults applied
 * @param dueAt not dispatched before; null for at once
 * @param startWithin fails if its work has not begun so long after it was due
 * @param key makes the start happen once, or null
 * @param awaited whether somebody waits for its end now, for a minute at most
 * @param files that the program finds beside it
 * @param cacheUse what it wants of known results
 * @param limits of its task
 * @param awaits the signals that must come before it is due, each with how long it may take
 */
public record NewExecution(
    ExecutionId id,
    Project project,
    TaskId task,
    String taskName,
    int taskVersion,
    String pool,
    int priority,
    String input,
    Map<String, String> labels,
    Origin origin,
    @Nullable Instant dueAt,
    Duration startWithin,
    @Nullable StartKey key,
    boolean awaited,
    List<InputFile> files,
    CacheUse cacheUse,
    StartLimits limits,
    Map<String, Duration> awaits) {
  public NewExecution {
    awaits = Map.copyOf(awaits);
    labels = Map.copyOf(labels);
    files = List.copyOf(files);
  }

  /** An execution that its task does not limit, and that waits for no signal. */
  public NewExecution(
      ExecutionId id,
      Project project,
      TaskId task,
      String taskName,
      int taskVersion,
      String pool,
      int priority,
      String input,
      Map<String, String> labels,
      Origin origin,
      @Nullable Instant dueAt,
      Duration startWithin,
      @Nullable StartKey key,
      boolean awaited,
      List<InputFile> files,
      CacheUse cacheUse) {
    this(
        id,
        project,
        task,
        taskName,
        taskVersion,
        pool,
        priority,
        input,
        labels,
        origin,
        dueAt,
        startWithin,
        key,
        awaited,
        files,
        cacheUse,
        StartLimits.NONE,
        Map.of());
  }

  /** The same with these limits in the place of its own. */
  public NewExecution limitedBy(StartLimits others) {
    return new NewExecution(
        id,
        project,
        task,
        taskName,
        taskVersion,
        pool,
        priority,
        input,
        labels,
        origin,
        dueAt,
        startWithin,
        key,
        awaited,
        files,
        cacheUse,
        others,
        awaits);
  }

  /** Whether a limit of its task may refuse it now; one for later is held against it then. */
  boolean refusable() {
    return dueAt == null && awaits.isEmpty() && limits.refuse();
  }

  /**
   * What the client calls this start.
   *
   * @param fingerprint of the body that came with it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared here
  public record StartKey(String key, byte[] fingerprint) {}
}
