package io.taskwright.activities.executor;

import io.taskwright.activities.AttemptFailures;
import io.taskwright.activities.Programs;
import io.taskwright.activities.SaidSink;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptVerdict;
import io.taskwright.model.protocol.OpenAttempt;
import io.taskwright.rules.BundleReader;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.Usage;
import io.taskwright.sandbox.offer.Choice;
import io.taskwright.workflows.contract.AttemptActivity;
import io.taskwright.workflows.contract.AttemptOrder;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Runs an attempt in a sandbox. It needs Temporal, which hands it the order, and the service, which
 * hands it everything else; no database.
 */
public final class SandboxedAttempt implements AttemptActivity {
  private static final long TICK_MILLIS = 250;

  /** Most programs end sooner, and each heartbeat costs Temporal a write. */
  private static final long FIRST_HEARTBEAT_MILLIS = 1_000;

  /** How long an attempt that was given to another may go on if it has nothing to say. */
  private static final Duration CONFIRMED_EVERY = Duration.ofSeconds(3);

  private final ServiceApi api;
  private final BundleCache bundles;
  private final BiFunction<TaskRuntime, SecurityLevel, Choice> sandboxes;
  private final Supplier<String> nonces;
  private final Terms terms;
  private final AtomicInteger running = new AtomicInteger();
  private final InstantSource clock;

  /**
   * Under which name and bounds attempts are made here.
   *
   * @param worker what this executor is called in their records
   * @param egress what its operator lets code connect to
   * @param notes where it keeps what is under way
   */
  public record Terms(String worker, EgressBounds egress, AttemptNotes notes) {}

  /**
   * @param sandboxes chooses what runs such code under such protection
   * @param nonces makes fresh secrets of 20 to 100 characters
   */
  public SandboxedAttempt(
      ServiceApi api,
      BundleCache bundles,
      BiFunction<TaskRuntime, SecurityLevel, Choice> sandboxes,
      Supplier<String> nonces,
      Terms terms,
      InstantSource clock) {
    this.api = api;
    this.bundles = bundles;
    this.sandboxes = sandboxes;
    this.nonces = nonces;
    this.terms = terms;
    this.clock = clock;
  }

  /** How many attempts are made now. */
  public int running() {
    return running.get();
  }

  @Override
  public void attempt(AttemptOrder order) {
    running.incrementAndGet();
    try {
      make(order);
    } finally {
      running.decrementAndGet();
    }
  }

  private void make(AttemptOrder order) {
    Patience patience = new Patience(Activity.getExecutionContext());
    AttemptAnswer answer = open(order, patience);
    switch (answer.state()) {
      case OPENED -> run(Objects.requireNonNull(answer.assignment()), patience);
      case EXHAUSTED ->
          throw AttemptFailures.last(
              Objects.requireNonNullElse(answer.code(), FailureCode.INTERNAL),
              AttemptFailures.execution(order.grant()));
      case DONE, OVER -> {}
    }
  }

  private AttemptAnswer open(AttemptOrder order, Patience patience) {
    OpenAttempt request = new OpenAttempt(order.grant(), nonces.get(), terms.worker());
    try {
      return patience.untilAnswered(() -> api.open(request));
    } catch (RefusedException e) {
      throw AttemptFailures.of(
          FailureCode.ENVIRONMENT,
          "the service refused the executor "
              + terms.worker()
              + ", so nothing was run: "
              + e.getMessage());
    }
  }

  private void run(Assignment assignment, Patience patience) {
    AttemptNotes.Note note =
        AttemptNotes.Note.of(
            assignment.token(), Activity.getExecutionContext().getInfo().getTaskToken());
    String name = assignment.execution() + "-" + assignment.number();
    try (AttemptNotes.Open _ = terms.notes().open(name, note)) {
      runNoted(assignment, patience);
    }
  }

  private void runNoted(Assignment assignment, Patience patience) {
    Lease lease = new Lease();
    Reporter reporter = new Reporter(api, assignment.token(), new SaidSink(clock, lease::await));
    Optional<String> forbidden = terms.egress().refusal(Programs.destinations(assignment));
    if (forbidden.isPresent()) {
      RunEnd end =
          new RunEnd.Failed(Failure.of(FailureCode.EGRESS_DENIED, forbidden.get()), Usage.NONE);
      finish(assignment, patience, reporter, end, "none");
      return;
    }
    switch (sandboxes.apply(assignment.runtime(), assignment.securityLevel())) {
      case Choice.Found(Sandbox sandbox) -> run(assignment, sandbox, reporter, patience, lease);
      case Choice.None(String reason) ->
          finish(assignment, patience, reporter, environment(reason), "none");
    }
  }

  private void run(
      Assignment assignment, Sandbox sandbox, Reporter reporter, Patience patience, Lease lease) {
    Program program;
    try {
      program = program(assignment, patience);
    } catch (BundleReader.NoBundle e) {
      finish(assignment, patience, reporter, environment(e.reason()), "none");
      return;
    } catch (RefusedException e) {
      finish(
          assignment,
          patience,
          reporter,
          environment("its files cannot be had: " + e.getMessage()),
          "none");
      return;
    }
    try (Run run = sandbox.start(program, Programs.limits(assignment), reporter.sink())) {
      String place = sandbox.name() + "/" + run.environment();
      Optional<ActivityCompletionException> stopped =
          watch(
              run,
              reporter,
              patience,
              lease,
              () -> new Whereabouts(assignment.number(), place, reporter.number()));
      if (reporter.fencedOff()) {
        return;
      }
      if (Thread.interrupted()) { // the worker is shut down; the attempt says so before it goes
        run.stop();
        run.end().join();
        finish(assignment, patience, reporter, shutDown(), place);
        return;
      }
      RunEnd end =
          reporter
              .refusal()
              .<RunEnd>map(SandboxedAttempt::refused)
              .orElseGet(() -> run.end().join());
      finish(assignment, patience, reporter, end, place);
      if (stopped.isPresent()) {
        throw stopped.get();
      }
    }
  }

  /** What a heartbeat tells: where the attempt's processes are, and how many reports it made. */
  record Whereabouts(int attempt, String environment, long reports) {}

  /** Waits for the run's end; reports meanwhile, and stops it when Temporal says so. */
  private static Optional<ActivityCompletionException> watch(
      Run run,
      Reporter reporter,
      Patience patience,
      Lease lease,
      Supplier<Whereabouts> whereabouts) {
    Optional<ActivityCompletionException> stop = Optional.empty();
    long start = System.nanoTime();
    while (!ended(run)) {
      if (lease.holds() || reporter.confirmed()) {
        lease.renew();
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      if (stop.isEmpty() && millis >= FIRST_HEARTBEAT_MILLIS) {
        patience.say(whereabouts.get());
        stop = patience.heartbeat();
        if (stop.isPresent()) {
          run.stop();
        }
      }
      if (reporter.silence().compareTo(CONFIRMED_EVERY) > 0) {
        boolean _ = reporter.confirmed();
      } else {
        reporter.flush();
      }
      if (reporter.fencedOff() || reporter.refusal().isPresent()) {
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

  private Program program(Assignment assignment, Patience patience)
      throws BundleReader.NoBundle, RefusedException {
    String digest = assignment.bundle();
    if (digest == null) {
      return Programs.ofSource(assignment);
    }
    try {
      return Programs.ofFiles(
          assignment, bundles.files(digest, () -> fetched(patience, assignment.token(), digest)));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof RefusedException refusal) {
        throw refusal;
      }
      throw e;
    }
  }

  private byte[] fetched(Patience patience, String token, String digest) {
    try {
      return patience.untilAnswered(() -> api.bundle(token, digest));
    } catch (RefusedException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void finish(
      Assignment assignment, Patience patience, Reporter reporter, RunEnd end, String place) {
    FailureCode failure;
    try {
      failure = told(patience, reporter, end, place).failure();
    } catch (RefusedException e) {
      throw AttemptFailures.of(
          FailureCode.INTERNAL,
          "the service takes nothing of the attempt, so it was ended: " + e.getMessage());
    }
    if (failure != null) {
      throw AttemptFailures.of(failure, AttemptFailures.execution(assignment.token()));
    }
  }

  /** What the service does not take as an end may still be told as a failure. */
  private static AttemptVerdict told(Patience patience, Reporter reporter, RunEnd end, String place)
      throws RefusedException {
    try {
      return patience.untilAnsweredAtLast(() -> reporter.end(end, place));
    } catch (RefusedException e) {
      return patience.untilAnsweredAtLast(() -> reporter.endWithout(refused(e), place));
    }
  }

  private static RunEnd refused(RefusedException refusal) {
    return new RunEnd.Failed(
        Failure.of(
            FailureCode.INTERNAL,
            "the service does not take what the attempt has to say: " + refusal.getMessage()),
        Usage.NONE);
  }

  private static RunEnd shutDown() {
    return new RunEnd.Failed(
        Failure.of(FailureCode.WORKER_LOST, "the worker was shut down while the code ran"),
        Usage.NONE);
  }

  private static RunEnd environment(String message) {
    return new RunEnd.Failed(Failure.of(FailureCode.ENVIRONMENT, message), Usage.NONE);
  }
}
