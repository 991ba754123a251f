package io.taskwright.api.task;

import io.taskwright.api.body.Parameters;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.Violation;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.Status;
import io.taskwright.rules.Judgement;
import io.taskwright.rules.TaskContract;
import io.taskwright.store.execution.Replays;
import io.taskwright.store.execution.Replays.Replayed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Holds what earlier executions took and gave against a version that is not there yet. A few are
 * read at a time, and nothing is locked meanwhile.
 */
@Component
final class PublishCheck {
  private static final int PER_READ = 8;
  private static final int MOST_TOLD = 100;
  private static final int USUAL = 100;
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Replays replays;

  PublishCheck(Replays replays) {
    this.replays = replays;
  }

  /**
   * What was found.
   *
   * @param checked how many executions were held against it
   * @param complete false if time ran out before all were
   * @param inputs how many inputs would be refused
   * @param outputs how many outputs would be refused
   * @param refused the newest 100 of both
   */
  record Report(int checked, boolean complete, int inputs, int outputs, List<Refused> refused) {
    boolean clean() {
      return inputs == 0 && outputs == 0;
    }
  }

  /** An execution whose input or output would be refused, and why. */
  record Refused(
      ExecutionId id, int version, Status status, List<Violation> input, List<Violation> output) {}

  /** How many executions are wanted. */
  static int last(Parameters parameters) {
    String text = parameters.one("last").orElse(Integer.toString(USUAL));
    if (!text.matches("[1-9][0-9]{0,2}|1000")) {
      throw Parameters.wrong("last", "must be from 1 to 1000");
    }
    return Integer.parseInt(text);
  }

  /**
   * Checks if the request is strict.
   *
   * @throws ProblemException if anything would be refused, or the check took too long
   */
  void ifStrict(Parameters parameters, Project project, TaskId task, TaskDefinition definition) {
    boolean strict = KnownTasks.flag(parameters, "strict");
    int last = last(parameters);
    if (!strict) {
      return;
    }
    Report report = run(project, task, definition, last);
    if (!report.clean()) {
      throw new ProblemException(
          ProblemCode.WOULD_REFUSE,
          ("nothing was published: of the last %d executions it would refuse %d inputs and %d"
                  + " outputs; publish-check tells them")
              .formatted(report.checked(), report.inputs(), report.outputs()),
          errors(report));
    }
    if (!report.complete()) {
      throw new ProblemException(
          ProblemCode.WOULD_REFUSE,
          "nothing was published: only the last %d executions could be checked within %d s; say last"
              .formatted(report.checked(), LONGEST.toSeconds()));
    }
  }

  private static List<Violation> errors(Report report) {
    List<Violation> errors = new ArrayList<>();
    for (Refused refused : report.refused()) {
      String at = "/executions/" + refused.id();
      refused.input().forEach(found -> errors.add(below(at + "/input", found)));
      refused.output().forEach(found -> errors.add(below(at + "/output", found)));
    }
    return errors.subList(0, Math.min(MOST_TOLD, errors.size()));
  }

  private static Violation below(String at, Violation found) {
    return new Violation(at + found.pointer(), found.keyword(), found.message());
  }

  Report run(Project project, TaskId task, TaskDefinition definition, int last) {
    TaskContract contract = new TaskContract(definition);
    long deadline = System.nanoTime() + LONGEST.toNanos();
    List<Refused> told = new ArrayList<>();
    int checked = 0;
    int inputs = 0;
    int outputs = 0;
    ExecutionId before = null;
    while (checked < last) {
      List<Replayed> some = replays.of(project, task, before, Math.min(PER_READ, last - checked));
      for (Replayed replayed : some) {
        if (System.nanoTime() > deadline) {
          return new Report(checked, false, inputs, outputs, told);
        }
        checked++;
        before = replayed.id();
        List<Violation> input = input(contract, replayed.input());
        List<Violation> output = output(contract, replayed.input(), replayed.output());
        inputs += input.isEmpty() ? 0 : 1;
        outputs += output.isEmpty() ? 0 : 1;
        if (told.size() < MOST_TOLD && !(input.isEmpty() && output.isEmpty())) {
          told.add(
              new Refused(replayed.id(), replayed.version(), replayed.status(), input, output));
        }
      }
      if (some.isEmpty()) {
        break;
      }
    }
    return new Report(checked, true, inputs, outputs, told);
  }

  /** The same as a start does. */
  private static List<Violation> input(TaskContract contract, String input) {
    return violations(contract.ofInput(contract.withDefaults(TaskJson.tree(input))));
  }

  /** The same as a conclusion does. */
  private static List<Violation> output(
      TaskContract contract, String input, @Nullable String output) {
    return output == null
        ? List.of()
        : violations(contract.ofOutput(() -> TaskJson.tree(input), output));
  }

  private static List<Violation> violations(Judgement judgement) {
    return judgement.failure().map(PublishCheck::violations).orElse(List.of());
  }

  private static List<Violation> violations(Failure failure) {
    JsonNode details = failure.details();
    if (details == null || details.isEmpty()) {
      return List.of(new Violation("", failure.code().name(), failure.message()));
    }
    return details
        .valueStream()
        .map(found ->
            new Violation(
                found.path("pointer").asString(""),
                found.path("keyword").asString(""),
                found.path("message").asString("")))
        .toList();
  }
}
