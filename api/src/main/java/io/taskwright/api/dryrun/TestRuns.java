package io.taskwright.api.dryrun;

import io.taskwright.api.access.Caller;
import io.taskwright.api.dryrun.CheckReport.TestResult;
import io.taskwright.api.execution.Watchers;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.api.start.Awaiting;
import io.taskwright.api.start.StartRequest;
import io.taskwright.api.start.Starting;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.definition.DefinitionTest;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Status;
import io.taskwright.rules.Difference;
import io.taskwright.rules.TestVerdict;
import io.taskwright.rules.TestVerdict.Seen;
import io.taskwright.store.catalogue.VersionName;
import io.taskwright.store.execution.Commands;
import io.taskwright.store.execution.Commands.Order;
import io.taskwright.store.execution.DryRuns;
import io.taskwright.store.execution.Events;
import io.taskwright.store.execution.Events.LogFilter;
import io.taskwright.store.execution.ExecutionView;
import io.taskwright.store.execution.ExecutionView.Detailed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;

/** Runs single tests of definitions. */
@Component
class TestRuns {
  private static final int LINES = 20;

  private final Starting starting;
  private final DryRuns dryRuns;
  private final Awaiting awaiting;
  private final Watchers watchers;
  private final Commands commands;
  private final Events events;

  TestRuns(
      Starting starting,
      DryRuns dryRuns,
      Awaiting awaiting,
      Watchers watchers,
      Commands commands,
      Events events) {
    this.starting = starting;
    this.dryRuns = dryRuns;
    this.awaiting = awaiting;
    this.watchers = watchers;
    this.commands = commands;
    this.events = events;
  }

  /**
   * Starts a test, waits for its end and judges it. One that has not ended in time is cancelled.
   *
   * @param deadline of the whole check, as {@link System#nanoTime} counts
   */
  TestResult run(VersionName version, DefinitionTest test, long deadline, Caller caller)
      throws InterruptedException {
    long begin = System.nanoTime();
    Duration patience = Duration.ofNanos(deadline - begin);
    if (!patience.isPositive()) {
      return late(test, null, null, Duration.ZERO, "it was not begun when the check was over");
    }
    StartRequest start =
        StartRequest.dry(test.input(), OptionalInt.empty(), Map.of(), CacheUse.BYPASS, patience);
    Starting.Ready ready;
    try {
      ready = starting.ready(start, version, caller.project(), Origin.start(caller.actor()));
    } catch (ProblemException e) {
      return judged(test, null, refused(e), since(begin), List.of());
    }
    ExecutionId id = ready.execution().id();
    try (Watchers.Watch watch = watchers.watch(id)) {
      dryRuns.accept(ready.execution(), test.work());
      Optional<Detailed> ended = awaiting.of(caller.project(), id, patience, watch);
      if (ended.isEmpty()) {
        commands.cancel(new Order(caller.project(), id, caller.actor(), "the check was over"));
        String message = "it had not ended when the check was over, and was cancelled";
        return late(test, id, Status.RUNNING, since(begin), message);
      }
      return judged(
          test, id, Seeing.of(ended.get().execution()), since(begin), log(ended.get().execution()));
    }
  }

  private static Duration since(long begin) {
    return Duration.ofMillis(Duration.ofNanos(System.nanoTime() - begin).toMillis());
  }

  /** What a start refuses is what an execution that came another way is rejected for. */
  private static Seen refused(ProblemException e) {
    if (e.errors().isEmpty() || e.code() == ProblemCode.DEFINITION_INVALID) {
      throw e;
    }
    return Seeing.refused(e);
  }

  private static TestResult judged(
      DefinitionTest test, @Nullable ExecutionId id, Seen seen, Duration took, List<String> log) {
    List<Difference> differences = TestVerdict.of(test.expect(), seen);
    List<String> shown = differences.isEmpty() ? List.of() : log;
    return new TestResult(test.name(), id, seen.status(), took, differences, shown);
  }

  private static TestResult late(
      DefinitionTest test,
      @Nullable ExecutionId id,
      @Nullable Status status,
      Duration took,
      String message) {
    Difference difference =
        new Difference(
            "/status",
            JsonNodeFactory.instance.stringNode(test.expect().status().name()),
            null,
            message);
    return new TestResult(test.name(), id, status, took, List.of(difference), List.of());
  }

  /** The last lines that it said, the oldest first. */
  private List<String> log(ExecutionView view) {
    LogFilter filter = new LogFilter(view.id(), null, List.of(), null, null, "", null);
    return events.log(view.project(), filter, LINES).reversed().stream()
        .map(line -> String.valueOf(line.event().message()))
        .toList();
  }
}
