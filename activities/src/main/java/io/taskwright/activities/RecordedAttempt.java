package io.taskwright.activities;

import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.definition.Work;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.rules.Contracts;
import io.taskwright.rules.Judgement;
import io.taskwright.rules.TaskContract;
import io.taskwright.store.execution.Admissions;
import io.taskwright.store.execution.Admissions.Candidate;
import io.taskwright.store.execution.Attempts;
import io.taskwright.store.execution.Attempts.Open;
import io.taskwright.store.execution.ExecutionToken;
import io.taskwright.store.execution.Fact;
import io.taskwright.store.execution.Opening;
import io.taskwright.workflows.contract.AttemptOrder;
import io.taskwright.workflows.contract.RecorderActivity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Notes the attempt of a dry run. It goes the way of a real one, from opening to end, so that
 * timeline, output and failure are where they always are; between the two nothing is run.
 */
public final class RecordedAttempt implements RecorderActivity {
  /** In the place of what an attempt ran in. */
  private static final String ENVIRONMENT = "recorder";

  private static final String NOTHING_KNOWN = "null";

  private final Admissions admissions;
  private final Attempts attempts;
  private final Contracts contracts;
  private final String worker;

  /**
   * @param worker what this worker is called in the attempts' records
   */
  public RecordedAttempt(
      Admissions admissions, Attempts attempts, Contracts contracts, String worker) {
    this.admissions = admissions;
    this.attempts = attempts;
    this.contracts = contracts;
    this.worker = worker;
  }

  @Override
  public void record(AttemptOrder order) {
    Optional<Candidate> granted = ExecutionToken.parse(order.grant()).flatMap(admissions::granted);
    if (granted.isEmpty()) {
      return; // it ended meanwhile
    }
    Candidate candidate = granted.get();
    TaskContract contract =
        contracts
            .find(candidate.task(), candidate.taskVersion())
            .orElseThrow(() -> AttemptFailures.last(FailureCode.INTERNAL, candidate.id()));
    ResourceRequirements resources =
        switch (contract.definition().work()) {
          case Work.Automated work -> work.resources();
        };
    ExecutionToken token = ExecutionToken.fresh(candidate.id());
    switch (attempts.open(token, RetryPolicy.DEFAULT, resources, worker)) {
      case Opening.Opened(int number, var memory) -> end(candidate, contract, number);
      case Opening.Done() -> {}
      case Opening.Over() -> {}
      case Opening.Held() -> throw AttemptFailures.held(candidate.id());
      case Opening.Exhausted(FailureCode code) -> throw AttemptFailures.last(code, candidate.id());
    }
  }

  private void end(Candidate candidate, TaskContract contract, int number) {
    Open open =
        new Open(
            candidate.id(), number, candidate.project(), candidate.task(), candidate.taskVersion());
    Attempts.End end = end(candidate, contract);
    attempts.end(open, 1, List.of(line(candidate.dryRun())), end);
    if (end.failure() != null) {
      throw AttemptFailures.last(end.failure().code(), candidate.id());
    }
  }

  private Attempts.End end(Candidate candidate, TaskContract contract) {
    return switch (candidate.dryRun()) {
      case DryRun.Gives gives -> given(gives.output().toString(), candidate, contract);
      case DryRun.Fails(FailureCode code, String message) -> ended(null, Failure.of(code, message));
      case DryRun.Noted noted -> ended(NOTHING_KNOWN, null);
      case DryRun.Closed closed -> throw new IllegalStateException("its code runs");
      case null -> throw new IllegalStateException("it is real");
    };
  }

  /** A mock keeps the contract or breaks it as a program would. */
  private Attempts.End given(String output, Candidate candidate, TaskContract contract) {
    Judgement judgement =
        contract.ofOutput(() -> JsonMapper.shared().readTree(candidate.input()), output);
    admissions.warn(candidate.id(), judgement.warnings());
    return judgement
        .failure()
        .map(failure -> ended(null, failure))
        .orElseGet(() -> ended(output, null));
  }

  private static Attempts.End ended(@Nullable String output, @Nullable Failure failure) {
    return new Attempts.End(output, failure, null, ENVIRONMENT);
  }

  private static Fact line(@Nullable DryRun dryRun) {
    String message =
        dryRun instanceof DryRun.Noted
            ? "dry run: the work would be done now; nothing was run"
            : "dry run: the result of the work is that of its mock; nothing was run";
    return Fact.log(null, "INFO", "system", message);
  }
}
