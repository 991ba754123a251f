package io.taskwright.activities.check;

import io.taskwright.model.definition.Check;
import io.taskwright.model.execution.Status;
import io.taskwright.rules.check.CheckInput;
import io.taskwright.rules.check.Wanted;
import io.taskwright.store.catalogue.CheckPins;
import io.taskwright.store.catalogue.VersionName;
import io.taskwright.store.execution.Admissions.Candidate;
import io.taskwright.store.execution.CheckStart;
import io.taskwright.store.execution.CheckStart.Made;
import io.taskwright.store.execution.TaskChecks;
import io.taskwright.store.execution.TaskChecks.Begun;
import io.taskwright.store.execution.TaskChecks.Decision;
import io.taskwright.store.execution.TaskChecks.Parent;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks by other tasks. An execution of the task is begun once; whoever asks later finds it, and
 * decides by its end.
 */
public final class OtherTask {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** A lost signal costs that long, or an eighth of the time that has gone already. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration LEAST = Duration.ofSeconds(1);

  private final TaskChecks checks;
  private final CheckPins pins;
  private final CheckStart start;

  public OtherTask(TaskChecks checks, CheckPins pins, CheckStart start) {
    this.checks = checks;
    this.pins = pins;
    this.start = start;
  }

  /** What came of looking. */
  sealed interface Look {
    /** It is decided and noted, or could not even be begun. */
    record Decided(Finding finding) implements Look {}

    /** It goes on. */
    record Waiting() implements Look {}

    /** The execution is not as it was: it has ended, is held, or was asked to end. */
    record Moved() implements Look {}
  }

  /** Where the checks of the execution go on: all before have passed. */
  int position(Candidate candidate) {
    return checks.last(candidate.id()).map(Begun::position).orElse(0);
  }

  /** How long to wait, if nothing is heard, before looking again. */
  Duration patience(Candidate candidate) {
    return checks.last(candidate.id()).map(OtherTask::patience).orElse(LEAST);
  }

  private static Duration patience(Begun begun) {
    Duration gone = begun.gone().dividedBy(8);
    Duration pause = gone.compareTo(PATIENCE) > 0 ? gone : PATIENCE;
    Duration left = begun.left().plusMillis(100);
    Duration next = left.compareTo(pause) < 0 ? left : pause;
    return next.compareTo(LEAST) < 0 ? LEAST : next;
  }

  /** Begins the check, or looks how it went. */
  Look look(Check.Task check, int position, Candidate candidate, String output) {
    Optional<Begun> begun = checks.last(candidate.id()).filter(last -> last.position() == position);
    return begun
        .map(one -> judge(check, one, candidate, output))
        .orElseGet(() -> begin(check, position, candidate, output));
  }

  private Look begin(Check.Task check, int position, Candidate candidate, String output) {
    VersionName task = pins.of(candidate.task(), candidate.taskVersion()).get(position);
    if (task == null) {
      return unfit("task '" + check.name() + "'", "no version of it is pinned; publish it again");
    }
    String wanted = wanted(check, task.number());
    ObjectNode execution =
        JSON.createObjectNode()
            .put("id", candidate.id().toString())
            .put("task", candidate.task().toString())
            .put("version", candidate.taskVersion());
    return switch (CheckInput.of(
        check.input(), JSON.readTree(candidate.input()), JSON.readTree(output), execution)) {
      case CheckInput.Made.None(String field, String reason) ->
          unfit(wanted, "'" + field + "' of its input could not be made: " + reason);
      case CheckInput.Made.Value(ObjectNode input) ->
          begin(check, position, candidate, task, input, wanted);
    };
  }

  private Look begin(
      Check.Task check,
      int position,
      Candidate candidate,
      VersionName task,
      JsonNode input,
      String wanted) {
    Parent parent = checks.parent(candidate.id());
    return switch (start.make(
        candidate.project(), task, input, parent.origin(), parent.priority())) {
      case Made.Unfit(String reason) -> unfit(wanted, "it could not be started: " + reason);
      case Made.Ready(var child) ->
          checks.begin(candidate.id(), position, child, check.within())
              ? new Look.Waiting()
              : new Look.Moved();
    };
  }

  private static Look unfit(String wanted, String found) {
    return new Look.Decided(Finding.of(false, wanted, found));
  }

  private Look judge(Check.Task check, Begun begun, Candidate candidate, String output) {
    if (begun.decision().isEmpty() && !begun.status().ended() && !begun.late()) {
      return new Look.Waiting();
    }
    Decision decision = begun.decision().orElseGet(() -> decide(check, begun, candidate, output));
    if (!checks.decide(candidate.id(), begun, decision)) {
      return new Look.Moved();
    }
    return new Look.Decided(
        new Finding(
            decision.passed(),
            true,
            wanted(check, begun.version()),
            decision.found(),
            begun.child()));
  }

  private static Decision decide(
      Check.Task check, Begun begun, Candidate candidate, String output) {
    String child = "execution " + begun.child() + " ";
    if (begun.late()) {
      return new Decision(
          false,
          child
              + (begun.status().ended()
                  ? "ended " + begun.status() + " later than that"
                  : "had not ended by then, and is cancelled"));
    }
    if (begun.status() != Status.COMPLETED) {
      return new Decision(false, child + "ended " + begun.status() + reason(begun));
    }
    String result = begun.output() == null ? "null" : begun.output();
    return Optional.ofNullable(check.expect())
        .flatMap(expect ->
            Wanted.RESULT.broken(
                expect,
                JSON.readTree(candidate.input()),
                JSON.readTree(output),
                JSON.readTree(result)))
        .map(why -> new Decision(false, "of the result of " + child + why))
        .orElseGet(() -> new Decision(true, child + "completed"));
  }

  private static String reason(Begun begun) {
    if (begun.failure() == null) {
      return "";
    }
    JsonNode failure = JSON.readTree(begun.failure());
    return ", %s: %s"
        .formatted(failure.path("code").asString(""), failure.path("message").asString(""));
  }

  private static String wanted(Check.Task check, int version) {
    return "task '%s' version %d is to complete%s within %s"
        .formatted(
            check.name(),
            version,
            check.expect() == null ? "" : " with " + check.expect(),
            check.within());
  }
}
