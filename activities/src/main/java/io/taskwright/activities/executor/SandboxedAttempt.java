package io.taskwright.activities.executor;

import io.taskwright.activities.AttemptFailures;
import io.taskwright.activities.Programs;
import io.taskwright.activities.SaidSink;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.OpenAttempt;
import io.taskwright.rules.BundleReader;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.Usage;
import io.taskwright.sandbox.layer.LayerStore;
import io.taskwright.sandbox.offer.Choice;
import io.taskwright.workflows.contract.AttemptActivity;
import io.taskwright.workflows.contract.AttemptOrder;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs an attempt in a sandbox. It needs Temporal, which hands it the order, and the service, which
 * hands it everything else; no database.
 */
public final class SandboxedAttempt implements AttemptActivity {
  private static final long TICK_MILLIS = 250;

  /** Most programs end sooner, and each heartbeat costs Temporal a write. */
  private static final long FIRST_HEARTBEAT_MILLIS = 1_000;

  private final ServiceApi api;
  private final BundleCache bundles;
  private final Dependencies dependencies;
  private final BiFunction<TaskRuntime, SecurityLevel, Choice> sandboxes;
  private final Supplier<String> nonces;
  private final String worker;
  private final InstantSource clock;

  /**
   * @param sandboxes chooses what runs such code under such protection
   * @param nonces makes fresh secrets of 20 to 100 characters
   * @param worker what this worker is called in the attempts' records
   */
  public SandboxedAttempt(
      ServiceApi api,
      BundleCache bundles,
      Dependencies dependencies,
      BiFunction<TaskRuntime, SecurityLevel, Choice> sandboxes,
      Supplier<String> nonces,
      String worker,
      InstantSource clock) {
    this.api = api;
    this.bundles = bundles;
    this.dependencies = dependencies;
    this.sandboxes = sandboxes;
    this.nonces = nonces;
    this.worker = worker;
    this.clock = clock;
  }

  @Override
  public void attempt(AttemptOrder order) {
    Patience patience = new Patience(Activity.getExecutionContext());
    OpenAttempt request = new OpenAttempt(order.grant(), nonces.get(), worker);
    AttemptAnswer answer = patience.untilAnswered(() -> api.open(request));
    switch (answer.state()) {
      case OPENED -> run(Objects.requireNonNull(answer.assignment()), patience);
      case EXHAUSTED ->
          throw AttemptFailures.last(
              Objects.requireNonNullElse(answer.code(), FailureCode.INTERNAL),
              execution(order.grant()));
      case DONE, OVER -> {}
    }
  }

  private void run(Assignment assignment, Patience patience) {
    Reporter reporter = new Reporter(api, assignment.token(), new SaidSink(clock));
    switch (sandboxes.apply(assignment.runtime(), assignment.securityLevel())) {
      case Choice.Found(Sandbox sandbox) -> run(assignment, sandbox, reporter, patience);
      case Choice.None(String reason) ->
          finish(assignment, patience, reporter, environment(reason), "none");
    }
  }

  private void run(Assignment assignment, Sandbox sandbox, Reporter reporter, Patience patience) {
    Program program;
    try {
      program = program(assignment, patience);
    } catch (BundleReader.NoBundle e) {
      finish(assignment, patience, reporter, environment(e.reason()), "none");
      return;
    }
    switch (dependencies.provide(assignment, sandbox, reporter, patience)) {
      case Provided.Nothing() -> run(assignment, program, sandbox, reporter, patience);
      case Provided.There(LayerStore.Lease layer) -> {
        try (layer) {
          run(assignment, program.with(layer.folder()), sandbox, reporter, patience);
        }
      }
      case Provided.Ended(RunEnd end, @Nullable ActivityCompletionException stop) -> {
        RunEnd last = Thread.interrupted() ? shutDown() : end;
        finish(assignment, patience, reporter, last, sandbox.name());
        if (stop != null) {
          throw stop;
        }
      }
      case Provided.Abandoned() -> {}
    }
  }

  private static void run(
      Assignment assignment,
      Program program,
      Sandbox sandbox,
      Reporter reporter,
      Patience patience) {
    try (Run run = sandbox.start(program, Programs.limits(assignment), reporter.sink())) {
      String place = sandbox.name() + "/" + run.environment();
      patience.say(new Whereabouts(assignment.number(), place));
      Optional<ActivityCompletionException> stopped = watch(run, reporter, patience);
      if (reporter.fencedOff()) {
        return;
      }
      if (Thread.interrupted()) { // the worker is shut down; the attempt says so before it goes
        run.stop();
        run.end().join();
        finish(assignment, patience, reporter, shutDown(), place);
        return;
      }
      finish(assignment, patience, reporter, run.end().join(), place);
      if (stopped.isPresent()) {
        throw stopped.get();
      }
    }
  }

  /** What a heartbeat tells: where the attempt's processes are. */
  record Whereabouts(int attempt, String environment) {}

  /** Waits for the run's end; reports meanwhile, and stops it when Temporal says so. */
  static Optional<ActivityCompletionException> watch(
      Run run, Reporter reporter, Patience patience) {
    Optional<ActivityCompletionException> stop = Optional.empty();
    long start = System.nanoTime();
    while (!ended(run)) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      if (stop.isEmpty() && millis >= FIRST_HEARTBEAT_MILLIS) {
        stop = patience.heartbeat();
        if (stop.isPresent()) {
          run.stop();
        }
      }
      reporter.flush();
      if (reporter.fencedOff()) {
        run.close();
      }
    }
    return stop;
  }

  private static boolean ended(Run run) {
    try {
      run.end().get(TICK_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run's end is never exceptional", e);
    }
  }

  private Program program(Assignment assignment, Patience patience) throws BundleReader.NoBundle {
    String digest = assignment.bundle();
    if (digest == null) {
      return Programs.ofSource(assignment);
    }
    return Programs.ofFiles(
        assignment,
        bundles.files(
            digest, () -> patience.untilAnswered(() -> api.bundle(assignment.token(), digest))));
  }

  private static void finish(
      Assignment assignment, Patience patience, Reporter reporter, RunEnd end, String place) {
    FailureCode failure = patience.untilAnsweredAtLast(() -> reporter.end(end, place)).failure();
    if (failure != null) {
      throw AttemptFailures.of(failure, execution(assignment.token()));
    }
  }

  private static RunEnd shutDown() {
    return new RunEnd.Failed(
        Failure.of(FailureCode.WORKER_LOST, "the worker was shut down while the code ran"),
        Usage.NONE);
  }

  private static RunEnd environment(String message) {
    return new RunEnd.Failed(Failure.of(FailureCode.ENVIRONMENT, message), Usage.NONE);
  }

  /** Tokens and grants begin with the id of their execution. */
  private static ExecutionId execution(String token) {
    int dot = token.indexOf('.');
    return ExecutionId.parse(dot < 0 ? token : token.substring(0, dot))
        .orElseThrow(() -> new IllegalArgumentException("a token names its execution"));
  }
}
