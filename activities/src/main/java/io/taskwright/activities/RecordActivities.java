package io.taskwright.activities;

import io.taskwright.activities.check.CheckRound;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.definition.Check;
import io.taskwright.model.definition.ResultCache;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.model.definition.Work;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Method;
import io.taskwright.model.execution.Route;
import io.taskwright.model.execution.Routing;
import io.taskwright.model.execution.Status;
import io.taskwright.rules.Contracts;
import io.taskwright.rules.Judgement;
import io.taskwright.rules.ResultKey;
import io.taskwright.rules.TaskContract;
import io.taskwright.sandbox.layer.Packages;
import io.taskwright.store.execution.Admissions;
import io.taskwright.store.execution.Admissions.Candidate;
import io.taskwright.store.execution.Admissions.Keeping;
import io.taskwright.store.execution.Conclusions;
import io.taskwright.store.execution.ExecutionToken;
import io.taskwright.store.execution.KnownResults;
import io.taskwright.workflows.contract.Admission;
import io.taskwright.workflows.contract.AttemptOrder;
import io.taskwright.workflows.contract.Conclusion;
import io.taskwright.workflows.contract.Conclusion.Ending;
import io.taskwright.workflows.contract.RecordActivity;
import io.taskwright.workflows.contract.RetryRule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Admits executions to their work and concludes them, in the store. */
public final class RecordActivities implements RecordActivity {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String NO_FUNCTIONS =
      "functions are on, but no provider of functions is configured: set"
          + " taskwright.routing.functions to false, and start the task again";

  private final Admissions admissions;
  private final KnownResults known;
  private final Conclusions conclusions;
  private final Contracts contracts;
  private final Routing routing;
  private final InstantSource clock;
  private final Consumer<Status> ended;

  /**
   * @param ended told of each end, in this process only
   */
  public RecordActivities(
      Admissions admissions,
      KnownResults known,
      Conclusions conclusions,
      Contracts contracts,
      Routing routing,
      InstantSource clock,
      Consumer<Status> ended) {
    this.admissions = admissions;
    this.known = known;
    this.conclusions = conclusions;
    this.contracts = contracts;
    this.routing = routing;
    this.clock = clock;
    this.ended = ended;
  }

  @Override
  public Admission admit(String execution) {
    Optional<Candidate> found = admissions.find(ExecutionId.of(execution));
    if (found.isEmpty() || found.get().status().ended()) {
      return new Admission.Ended();
    }
    Candidate candidate = found.get();
    if (candidate.cancelled()) {
      return new Admission.Cancelled();
    }
    if (candidate.status() == Status.PAUSED) {
      return new Admission.Held();
    }
    if (candidate.status() == Status.PREPARING && clock.instant().isAfter(candidate.startBy())) {
      return new Admission.Refused(
          FailureCode.TIMEOUT, "its work did not begin within timeouts.queue; nothing was run");
    }
    Optional<TaskContract> contract = contracts.find(candidate.task(), candidate.taskVersion());
    if (contract.isEmpty()) {
      return new Admission.Refused(
          FailureCode.INTERNAL,
          "version " + candidate.taskVersion() + " of the task can no longer be read");
    }
    return admit(candidate, contract.get());
  }

  private Admission admit(Candidate candidate, TaskContract contract) {
    Judgement judgement = contract.ofInput(JSON.readTree(candidate.input()));
    if (judgement.failure().isPresent()) {
      if (!admissions.reject(candidate.id(), judgement.failure().get())) {
        return admit(candidate.id().toString()); // it has ended or is held meanwhile
      }
      ended.accept(Status.REJECTED);
      return new Admission.Ended();
    }
    admissions.warn(candidate.id(), judgement.warnings());
    TaskDefinition definition = contract.definition();
    Work.Automated work =
        switch (definition.work()) {
          case Work.Automated automated -> automated;
        };
    Route route =
        routing.route(work, !candidate.files().isEmpty(), !definition.signals().isEmpty());
    if (route.method() == Method.FAAS) {
      return new Admission.Refused(FailureCode.ENVIRONMENT, NO_FUNCTIONS);
    }
    if (route.method() == Method.CONTAINER && !work.runtime().sandboxed()) {
      return new Admission.Refused(
          FailureCode.ENVIRONMENT,
          work.runtime().word()
              + " runs inside workers only, and this may not ("
              + route.reason()
              + "); nothing was run");
    }
    if (candidate.dryRun() != null) {
      return admitDry(candidate, candidate.dryRun(), contract, work, route);
    }
    ResultCache cache = definition.cache();
    Optional<Keeping> keeping =
        cache == null || candidate.cacheUse() == CacheUse.BYPASS
            ? Optional.empty()
            : Optional.of(new Keeping(ResultKey.of(cache, candidate.input()), cache.ttl()));
    if (candidate.cacheUse() == CacheUse.USE
        && keeping.filter(kept -> known.give(candidate, kept.key())).isPresent()) {
      ended.accept(Status.COMPLETED);
      return new Admission.Ended();
    }
    ExecutionToken grant = ExecutionToken.fresh(candidate.id());
    admissions.admit(grant, route, keeping);
    return admitted(candidate, definition, route, new AttemptOrder(grant.toString(), time(work)));
  }

  private static Admission admitted(
      Candidate candidate, TaskDefinition definition, Route route, AttemptOrder order) {
    return new Admission.Admitted(
        route.method(),
        route.pool(),
        order,
        RetryRule.of(definition.retryPolicy()),
        candidate.startBy(),
        candidate.dueAt().plus(definition.timeouts().total()),
        candidate.dryRun() == null ? time(definition.checks()) : null);
  }

  /** A dry run takes what is known and keeps nothing. Its work is noted, unless its code runs. */
  private Admission admitDry(
      Candidate candidate, DryRun dryRun, TaskContract contract, Work.Automated work, Route route) {
    TaskDefinition definition = contract.definition();
    if (candidate.cacheUse() == CacheUse.USE && definition.cache() != null) {
      byte[] key = ResultKey.of(definition.cache(), candidate.input());
      if (known.has(candidate, key)) {
        admissions.note(candidate.id(), WouldHave.givenKnownResult(candidate, contract));
        if (known.give(candidate, key)) {
          ended.accept(Status.COMPLETED);
          return new Admission.Ended();
        }
      }
    }
    ExecutionToken grant = ExecutionToken.fresh(candidate.id());
    AttemptOrder order = new AttemptOrder(grant.toString(), time(work));
    admissions.admitDry(grant, route, WouldHave.worked(candidate, dryRun, contract, work, route));
    return dryRun instanceof DryRun.Closed
        ? admitted(candidate, definition, route, order)
        : new Admission.Recorded(order);
  }

  /** What an attempt may take: its packages have time of their own. */
  private static Duration time(Work.Automated work) {
    Duration own = work.resources().timeout();
    return work.dependencies().isEmpty() ? own : own.plus(Packages.LONGEST);
  }

  /** The last question of each check may begin just before its time is over. */
  private static @Nullable Duration time(List<Check> checks) {
    return checks.stream()
        .map(
            check -> // who waits for another task asks again and again
            (check instanceof Check.Task ? Duration.ZERO : check.within())
                    .plus(CheckRound.LONGEST_QUESTION))
        .reduce(Duration::plus)
        .orElse(null);
  }

  @Override
  public String conclude(Conclusion conclusion) {
    ExecutionId id = ExecutionId.of(conclusion.execution());
    if (conclusion.ending() == Ending.WORKED && conclusions.complete(id)) {
      ended.accept(Status.COMPLETED);
      return Status.COMPLETED.name();
    }
    Optional<Candidate> candidate = admissions.find(id);
    DryRun dryRun = candidate.map(Candidate::dryRun).orElse(null);
    Optional<TaskDefinition> definition = candidate.flatMap(this::definition);
    RetryPolicy policy =
        dryRun == null || dryRun instanceof DryRun.Closed
            ? definition.map(TaskDefinition::retryPolicy).orElse(RetryPolicy.DEFAULT)
            : null; // nothing was tried: the work was only noted
    boolean taken =
        conclusion.ending() == Ending.WORKED
            || dryRun != null
            || definition.map(TaskDefinition::checks).orElse(List.of()).isEmpty();
    Optional<Status> status =
        conclusions.conclude(
            id,
            closing -> Verdicts.decide(conclusion, taken ? closing : closing.unchecked(), policy));
    status.filter(Status::ended).ifPresent(ended);
    return status.map(Status::name).orElse("ABSENT");
  }

  private Optional<TaskDefinition> definition(Candidate candidate) {
    return contracts.find(candidate.task(), candidate.taskVersion()).map(TaskContract::definition);
  }
}
