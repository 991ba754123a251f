package io.taskwright.app.client;

import io.taskwright.app.terminal.Harmless;
import io.taskwright.app.terminal.LiveLines;
import io.taskwright.client.Event;
import io.taskwright.client.Execution;
import io.taskwright.client.FailureReport;
import io.taskwright.client.Follower;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.client.UnreachableException;
import io.taskwright.model.ExecutionId;
import java.time.Duration;

/** Shows what happens to an execution until its end. */
final class Watching implements Follower {
  /** A service that is updated, or whose machine starts again, is back by then. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final TaskwrightClient client;
  private final LiveLines lines;
  private final TimeOfDay times;

  Watching(TaskwrightClient client, LiveLines lines, TimeOfDay times) {
    this.client = client;
    this.lines = lines;
    this.times = times;
  }

  /**
   * Returns when the execution has ended.
   *
   * @return the execution with its end
   */
  Execution toEnd(ExecutionId id) {
    try {
      client.executions().follow(id, 0, PATIENCE, this);
    } catch (UnreachableException e) {
      lines.end();
      lines.line("Its end is not known here; it is not lost. Execution " + id);
      throw e;
    } finally {
      lines.end();
    }
    return client.executions().get(id);
  }

  @Override
  public void away(UnreachableException reason) {
    lines.line(
        Harmless.line(
            reason.getMessage() + " Waiting for it %s.".formatted(Durations.text(PATIENCE))));
  }

  @Override
  public void hear(Event event) {
    switch (event) {
      case Event.Logged(long seq, var at, String level, String source, String message) ->
          lines.line(new LogLine(at, level, source, message).text(times, lines.paint()));
      case Event.Progressed progressed ->
          lines.progress(progressed.fraction(), progressed.message());
      case Event.AttemptStarted started -> {
        if (started.number() > 1) {
          note("attempt %d begins on %s".formatted(started.number(), started.worker()), event);
        }
      }
      case Event.AttemptEnded ended ->
          ended.failure().ifPresent(failure -> note(text(ended.number(), failure), event));
      case Event.StatusChanged changed -> {
        switch (changed.status()) {
          case WAITING, PAUSED -> note("now " + changed.status(), event);
          case RECEIVED, PREPARING, RUNNING, REJECTED, COMPLETED, FAILED, CANCELLED -> {}
        }
      }
      case Event.Other other -> {
        if (other.type().equals("cancel")) {
          note("its end was asked for by " + other.data().path("by").asString("somebody"), event);
        }
      }
      case Event.Ended ended -> {}
    }
  }

  private static String text(int attempt, FailureReport failure) {
    return "attempt %d failed: %s: %s".formatted(attempt, failure.code(), failure.message());
  }

  private void note(String text, Event event) {
    lines.line(
        new LogLine(event.at(), "INFO", "--", Harmless.line(text)).text(times, lines.paint()));
  }
}
