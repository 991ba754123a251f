package io.taskwright.activities;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.definition.Work;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.protocol.AssignedSecrets;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.rules.BundleReader;
import io.taskwright.rules.Contracts;
import io.taskwright.rules.Judgement;
import io.taskwright.rules.TaskContract;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.Usage;
import io.taskwright.store.blob.Bundles;
import io.taskwright.store.execution.Admissions;
import io.taskwright.store.execution.Admissions.Candidate;
import io.taskwright.store.execution.Attempts;
import io.taskwright.store.execution.Attempts.Open;
import io.taskwright.store.execution.ExecutionToken;
import io.taskwright.store.execution.Fact;
import io.taskwright.store.execution.Opening;
import io.taskwright.workflows.contract.AttemptActivity;
import io.taskwright.workflows.contract.AttemptOrder;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Runs small code inside this process, in WebAssembly, within seconds. */
public final class InProcessAttempt implements AttemptActivity {
  private final Admissions admissions;
  private final Attempts attempts;
  private final Contracts contracts;
  private final Bundles bundles;
  private final Function<TaskRuntime, Sandbox> sandboxes;
  private final String worker;
  private final InstantSource clock;

  /**
   * @param sandboxes for each runtime one whose runs stay inside this process
   * @param worker what this worker is called in the attempts' records
   */
  public InProcessAttempt(
      Admissions admissions,
      Attempts attempts,
      Contracts contracts,
      Bundles bundles,
      Function<TaskRuntime, Sandbox> sandboxes,
      String worker,
      InstantSource clock) {
    this.admissions = admissions;
    this.attempts = attempts;
    this.contracts = contracts;
    this.bundles = bundles;
    this.sandboxes = sandboxes;
    this.worker = worker;
    this.clock = clock;
  }

  @Override
  public void attempt(AttemptOrder order) {
    Optional<Candidate> granted = ExecutionToken.parse(order.grant()).flatMap(admissions::granted);
    if (granted.isEmpty()) {
      return; // it ended meanwhile
    }
    Candidate candidate = granted.get();
    TaskContract contract =
        contracts
            .find(candidate.task(), candidate.taskVersion())
            .orElseThrow(() -> AttemptFailures.last(FailureCode.INTERNAL, candidate.id()));
    ExecutionToken token = ExecutionToken.fresh(candidate.id());
    TaskDefinition definition = contract.definition();
    Work.Automated work =
        switch (definition.work()) {
          case Work.Automated automated -> candidate.own(automated);
        };
    switch (attempts.open(token, definition.retryPolicy(), work.resources(), worker)) {
      case Opening.Opened(int number, ByteSize memory) ->
          run(
              candidate,
              contract,
              Assignment.of(
                  candidate.id(),
                  number,
                  token.toString(),
                  work,
                  memory,
                  candidate.input(),
                  AssignedSecrets.NONE, // work that names some is routed elsewhere
                  List.of())); // and work with files too
      case Opening.Done() -> {}
      case Opening.Over() -> {}
      case Opening.Held() -> throw AttemptFailures.held(candidate.id());
      case Opening.Exhausted(FailureCode code) -> throw AttemptFailures.last(code, candidate.id());
    }
  }

  private void run(Candidate candidate, TaskContract contract, Assignment assignment) {
    Open open =
        new Open(
            candidate.id(),
            assignment.number(),
            candidate.project(),
            candidate.task(),
            candidate.taskVersion());
    SaidSink sink = new SaidSink(clock);
    Sandbox sandbox = sandboxes.apply(assignment.runtime());
    Attempts.End end;
    try {
      Program program = program(candidate, assignment);
      end = end(run(program, sandbox, assignment, sink), contract, candidate, sandbox.name());
    } catch (BundleReader.NoBundle e) {
      end = failed(Failure.of(FailureCode.ENVIRONMENT, e.reason()), null, sandbox.name());
    }
    attempts.end(open, 1, sink.drain().stream().map(Fact::of).toList(), end);
    if (end.failure() != null) {
      attempts.waitForNext(open, end.failure().code(), contract.definition().retryPolicy());
      throw AttemptFailures.of(end.failure().code(), candidate.id());
    }
  }

  private Program program(Candidate candidate, Assignment assignment) throws BundleReader.NoBundle {
    if (assignment.bundle() == null) {
      return Programs.ofSource(assignment);
    }
    byte[] zip =
        bundles
            .get(candidate.project(), assignment.bundle())
            .orElseThrow(() -> new BundleReader.NoBundle("the bundle is not there"));
    return Programs.ofFiles(assignment, BundleReader.read(zip));
  }

  private static RunEnd run(
      Program program, Sandbox sandbox, Assignment assignment, SaidSink sink) {
    try (Run run = sandbox.start(program, Programs.limits(assignment), sink)) {
      return run.end().join();
    }
  }

  private Attempts.End end(RunEnd end, TaskContract contract, Candidate candidate, String where) {
    JsonNode usage = usage(end.usage());
    return switch (end) {
      case RunEnd.Returned(String output, Usage used) -> {
        Judgement judgement =
            contract.ofOutput(() -> JsonMapper.shared().readTree(candidate.input()), output);
        admissions.warn(candidate.id(), judgement.warnings());
        yield judgement
            .failure()
            .map(failure -> failed(failure, usage, where))
            .orElseGet(() -> new Attempts.End(output, null, usage, where));
      }
      case RunEnd.Failed(Failure failure, Usage used) -> failed(failure, usage, where);
      case RunEnd.Stopped(Usage used) ->
          failed(Failure.of(FailureCode.WORKER_LOST, "the worker was shut down"), usage, where);
    };
  }

  private static Attempts.End failed(Failure failure, @Nullable JsonNode usage, String where) {
    return new Attempts.End(null, failure, usage, where);
  }

  private static JsonNode usage(Usage usage) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("wallMillis", usage.wall().toMillis())
        .put("cpuMillis", usage.cpu().toMillis())
        .put("peakMemory", usage.peakMemory().bytes());
  }
}
