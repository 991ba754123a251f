package io.taskwright.activities.check;

import io.taskwright.activities.check.HttpProbe.Answer;
import io.taskwright.activities.check.HttpProbe.NoAnswer;
import io.taskwright.model.ByteSize;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.definition.Check;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Outcome;
import io.taskwright.model.execution.Status;
import io.taskwright.rules.Contracts;
import io.taskwright.rules.check.Wanted;
import io.taskwright.sandbox.egress.Addresses;
import io.taskwright.store.execution.Admissions;
import io.taskwright.store.execution.Admissions.Candidate;
import io.taskwright.store.execution.Checks;
import io.taskwright.store.execution.Conclusions;
import io.taskwright.store.execution.Conclusions.Closing;
import io.taskwright.store.execution.Conclusions.Request;
import io.taskwright.store.file.Artifact;
import io.taskwright.store.file.Artifacts;
import io.taskwright.workflows.contract.CheckActivity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the checks of a definition, in their order, and stops at the first that fails, or that an
 * execution of another task makes: after the end of that one it goes on from there. Each is noted
 * in the timeline.
 */
public final class CheckRound implements CheckActivity {
  /** The stage of the checks. */
  public static final String STAGE = "checks";

  /** How long one question takes at most, from the name's resolution to the answer's last byte. */
  public static final Duration LONGEST_QUESTION = Duration.ofSeconds(15);

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Admissions admissions;
  private final Conclusions conclusions;
  private final Checks checks;
  private final Contracts contracts;
  private final Artifacts artifacts;
  private final HttpProbe probe;
  private final OtherTask others;
  private final Consumer<Status> ended;

  /**
   * @param allowed where probes may connect to
   * @param ended told of each end, in this process only
   */
  public CheckRound(
      Admissions admissions,
      Conclusions conclusions,
      Checks checks,
      Contracts contracts,
      Artifacts artifacts,
      OtherTask others,
      Addresses allowed,
      Consumer<Status> ended) {
    this.admissions = admissions;
    this.conclusions = conclusions;
    this.checks = checks;
    this.contracts = contracts;
    this.artifacts = artifacts;
    this.others = others;
    this.probe = new HttpProbe(allowed);
    this.ended = ended;
  }

  @Override
  public Checked check(String execution) {
    Optional<Candidate> candidate = admissions.find(ExecutionId.of(execution));
    if (candidate.isEmpty() || candidate.get().status().ended()) {
      return Checked.ENDED;
    }
    if (candidate.get().status() == Status.PAUSED) {
      return Checked.HELD;
    }
    return check(candidate.get());
  }

  private Checked check(Candidate candidate) {
    ExecutionId id = candidate.id();
    Optional<String> output = checks.output(id);
    if (output.isEmpty()) {
      return Checked.NOTHING_DONE;
    }
    List<Check> wanted =
        contracts
            .find(candidate.task(), candidate.taskVersion())
            .map(contract -> contract.definition().checks())
            .orElse(List.of());
    boolean byTasks = wanted.stream().anyMatch(Check.Task.class::isInstance);
    for (int i = byTasks ? others.position(candidate) : 0; i < wanted.size(); i++) {
      String pointer = "/checks/" + i;
      Finding finding;
      switch (wanted.get(i)) {
        case Check.Task task -> {
          switch (others.look(task, i, candidate, output.get())) {
            case OtherTask.Look.Waiting _ -> {
              return Checked.WAITING;
            }
            case OtherTask.Look.Moved _ -> {
              return moved(id);
            }
            case OtherTask.Look.Decided(Finding decided) -> finding = decided;
          }
        }
        case Check.Artifact artifact -> finding = files(artifact, candidate);
        case Check.Http http -> finding = answer(http, candidate, output.get());
      }
      if (finding.execution() == null) {
        checks.made(id, pointer, finding.passed(), finding.found());
      }
      if (!finding.passed()) {
        return fail(id, pointer, finding);
      }
    }
    return Checked.PASSED;
  }

  /** It is not as it was when the round began: what was asked for meanwhile is done. */
  private Checked moved(ExecutionId id) {
    boolean cancelled =
        admissions.find(id).filter(now -> now.cancelled() && !now.status().ended()).isPresent();
    return cancelled
        ? concluded(id, closing -> asked(closing).orElseThrow())
        : check(id.toString());
  }

  private Checked fail(ExecutionId id, String pointer, Finding finding) {
    ObjectNode detail =
        JSON.createObjectNode()
            .put("stage", STAGE)
            .put("pointer", pointer)
            .put("keyword", "check")
            .put("message", finding.wanted() + ", but " + finding.found())
            .put("wanted", finding.wanted())
            .put("found", finding.found());
    if (finding.execution() != null) {
      detail.put("execution", finding.execution().toString());
    }
    Failure failure =
        new Failure(
            FailureCode.CHECK_FAILED,
            "the check " + pointer + " failed: " + finding.wanted() + ", but " + finding.found(),
            JSON.createArrayNode().add(detail));
    return concluded(id, closing -> asked(closing).orElseGet(() -> new Outcome.Failed(failure)));
  }

  private Checked concluded(ExecutionId id, Function<Closing, Outcome> decision) {
    Optional<Status> status = conclusions.conclude(id, decision);
    status.filter(Status::ended).ifPresent(ended);
    return status.filter(held -> held == Status.PAUSED).isPresent() ? Checked.HELD : Checked.ENDED;
  }

  /** What somebody has asked for meanwhile. */
  private static Optional<Outcome> asked(Closing closing) {
    return closing.cancel().map(Request::granted);
  }

  @Override
  public Duration patience(String execution) {
    return admissions.find(ExecutionId.of(execution)).map(others::patience).orElse(PAUSE);
  }

  private Finding files(Check.Artifact check, Candidate candidate) {
    List<Artifact> matching =
        artifacts.list(candidate.project(), candidate.id()).stream()
            .filter(artifact -> check.path().matches(artifact.path()))
            .toList();
    String wanted = "at least " + check.atLeast() + " files " + check.path() + " are wanted";
    ByteSize most = check.maxBytes();
    Optional<Artifact> large =
        most == null
            ? Optional.empty()
            : matching.stream().filter(artifact -> artifact.size() > most.bytes()).findFirst();
    if (large.isPresent()) {
      return Finding.of(
          false,
          wanted + ", of at most " + most,
          large.get().path() + " has " + large.get().size() + " bytes");
    }
    return Finding.of(matching.size() >= check.atLeast(), wanted, "there are " + matching.size());
  }

  /** Asks until the answer is as wanted or the time is over. */
  private Finding answer(Check.Http check, Candidate candidate, String output) {
    long end = System.nanoTime() + check.within().toNanos();
    while (true) {
      Finding finding = answerNow(check, candidate, output);
      if (finding.last() || System.nanoTime() + PAUSE.toNanos() >= end) {
        return finding;
      }
      pause();
    }
  }

  private Finding answerNow(Check.Http check, Candidate candidate, String output) {
    String wanted =
        check.method()
            + " "
            + check.url()
            + " is to answer "
            + check.status().stream().sorted().toList()
            + (check.expect() == null ? "" : " with " + check.expect())
            + " within "
            + check.within();
    try {
      Answer answer = probe.ask(check.url(), check.method());
      if (!check.status().contains(answer.status())) {
        return Finding.of(false, wanted, "it answered " + answer.status());
      }
      if (check.expect() == null) {
        return Finding.of(true, wanted, "it answered " + answer.status());
      }
      return Wanted.RESPONSE
          .broken(
              check.expect(), JSON.readTree(candidate.input()), JSON.readTree(output), json(answer))
          .map(why -> Finding.of(false, wanted, "of its answer " + answer.status() + " " + why))
          .orElseGet(() -> Finding.of(true, wanted, "it answered " + answer.status()));
    } catch (NoAnswer e) {
      return new Finding(false, e.lasting(), wanted, e.reason(), null);
    }
  }

  private static JsonNode json(Answer answer) {
    ObjectNode response = JSON.createObjectNode().put("status", answer.status());
    try {
      JsonNode body = JSON.readTree(answer.body());
      return response.set("body", body.isMissingNode() ? JSON.nullNode() : body);
    } catch (JacksonException e) {
      return response.put("body", answer.body());
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the worker was told to end; another one checks again", e);
    }
  }
}
