package io.taskwright.app.client;

import io.taskwright.app.terminal.Harmless;
import io.taskwright.app.terminal.Paint;
import io.taskwright.client.Attempt;
import io.taskwright.client.Ending;
import io.taskwright.client.Execution;
import io.taskwright.client.FailureReport;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How an execution ended, what was tried, and what to do, for a person. */
final class EndText {
  private EndText() {}

  /**
   * @param again what a command has to say so that it means the same service
   */
  static String of(Execution execution, Ending ending, Paint paint, String again) {
    return switch (ending) {
      case Ending.Completed completed ->
          paint.green("COMPLETED") + took(execution) + attempts(execution);
      case Ending.Cancelled(String by, String reason) ->
          paint.yellow("CANCELLED")
              + (by.isEmpty() ? "" : " by " + Harmless.line(by))
              + (reason.isEmpty() ? "" : ": " + Harmless.line(reason));
      case Ending.Rejected(FailureReport reason) ->
          paint.red("REJECTED") + " " + failure(reason, "");
      case Ending.Failed(FailureReport reason) ->
          paint.red("FAILED")
              + took(execution)
              + attempts(execution)
              + "\n"
              + failure(reason, "")
              + tried(execution)
              + "\nMore: taskwright get %s%s".formatted(execution.id(), again);
    };
  }

  private static String took(Execution execution) {
    String time = Durations.between(execution.acceptedAt(), execution.endedAt());
    return time.isEmpty() ? "" : " after " + time;
  }

  private static String attempts(Execution execution) {
    if (execution.cachedFrom().isPresent()) {
      return ", with the known result of " + Harmless.line(execution.cachedFrom().get());
    }
    int count = execution.attempts().size();
    return count == 1 ? ", 1 attempt" : ", " + count + " attempts";
  }

  private static String failure(FailureReport failure, String indent) {
    StringBuilder text = new StringBuilder();
    text.append("%s%s: %s".formatted(indent, failure.code(), Harmless.line(failure.message())));
    JsonNode details = failure.details();
    if (!failure.violations().isEmpty()) {
      text.append("\n").append(Refusals.text(failure.violations()));
    }
    JsonNode trace = details.path("stackTrace");
    if (!trace.asString("").isBlank()) {
      text.append("\n");
      text.append(Harmless.lines(trace.asString("").strip()).indent(indent.length() + 2));
    }
    return text.toString().stripTrailing();
  }

  /** One line for each attempt, when there is more than the last one to tell of. */
  private static String tried(Execution execution) {
    List<Attempt> attempts = execution.attempts();
    if (attempts.size() < 2) {
      return "";
    }
    StringBuilder text = new StringBuilder("\nWhat was tried:");
    for (Attempt attempt : attempts) {
      text.append(
          "\n  attempt %d on %s".formatted(attempt.number(), Harmless.line(attempt.worker())));
      if (attempts.stream().map(Attempt::memory).distinct().count() > 1) {
        text.append(" with ").append(Harmless.line(attempt.memory()));
      }
      String time = Durations.between(attempt.startedAt(), attempt.endedAt());
      text.append(time.isEmpty() ? "" : ", " + time);
      attempt
          .failure()
          .ifPresent(failure ->
              text.append(": %s: %s".formatted(failure.code(), Harmless.line(failure.message()))));
    }
    return text.toString();
  }
}
