package io.taskwright.activities.executor;

import io.taskwright.activities.AttemptFailures;
import io.taskwright.activities.Programs;
import io.taskwright.activities.SaidSink;
import io.taskwright.activities.masking.Masking;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.model.protocol.AttemptVerdict;
import io.taskwright.rules.BundleReader;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.Usage;
import io.taskwright.sandbox.offer.Choice;
import io.temporal.client.ActivityCompletionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt that the service has opened, from its assignment to its end. */
final class OpenedAttempt {
  /** Where nothing was run. */
  private static final String NOWHERE = "none";

  private final SandboxedAttempt.Means means;
  private final SandboxedAttempt.Terms terms;
  private final Assignment assignment;
  private final Patience patience;
  private final Masking masking;
  private final Reporter reporter;
  private final Watch watch;

  OpenedAttempt(
      SandboxedAttempt.Means means,
      SandboxedAttempt.Terms terms,
      Assignment assignment,
      Patience patience,
      InstantSource clock) {
    this.means = means;
    this.terms = terms;
    this.assignment = assignment;
    this.patience = patience;
    this.masking = Masking.of(assignment.secrets().values().values());
    Lease lease = new Lease();
    SaidSink sink = new SaidSink(clock, lease::await);
    this.reporter = new Reporter(means.api(), assignment.token(), sink, masking);
    this.watch = new Watch(reporter, patience, lease);
  }

  void make() {
    ending().ifPresent(this::finish);
  }

  /**
   * How the attempt ends.
   *
   * @param place where its program ran
   * @param stop what Temporal wanted, if that was why
   */
  private record Ending(RunEnd end, String place, Optional<ActivityCompletionException> stop) {
    static Optional<Ending> nowhere(RunEnd end) {
      return Optional.of(new Ending(end, NOWHERE, Optional.empty()));
    }
  }

  /** Does the work; there is no end to tell if another attempt has taken over. */
  private Optional<Ending> ending() {
    Optional<Failure> hindrance = hindrance();
    if (hindrance.isPresent()) {
      return Ending.nowhere(failed(hindrance.get()));
    }
    return switch (means.sandboxes().apply(assignment.runtime(), assignment.securityLevel())) {
      case Choice.Found(Sandbox sandbox) -> endingIn(sandbox);
      case Choice.None(String reason) -> Ending.nowhere(environment(reason));
    };
  }

  private Optional<Failure> hindrance() {
    String withheld = assignment.secrets().withheld();
    return withheld != null
        ? Optional.of(Failure.of(FailureCode.ENVIRONMENT, withheld))
        : terms
            .egress()
            .refusal(Programs.destinations(assignment))
            .map(reason -> Failure.of(FailureCode.EGRESS_DENIED, reason));
  }

  private Optional<Ending> endingIn(Sandbox sandbox) {
    AttemptFolder opened;
    try {
      opened = means.files().open(assignment.files());
    } catch (IOException e) {
      return Ending.nowhere(
          environment("the executor has no place for the attempt's files: " + e.getMessage()));
    }
    try (AttemptFolder folder = opened) {
      FileExchange exchange = new FileExchange(means.api(), assignment, patience, folder, masking);
      Program program = program().with(exchange.fetch());
      return provided(program, sandbox, exchange);
    } catch (BundleReader.NoBundle e) {
      return Ending.nowhere(environment(e.reason()));
    } catch (RefusedException e) {
      return Ending.nowhere(environment("its files cannot be had: " + e.getMessage()));
    } catch (FileExchange.MissingException e) {
      return Ending.nowhere(environment(e.reason()));
    }
  }

  private Optional<Ending> provided(Program program, Sandbox sandbox, FileExchange exchange) {
    return switch (means.dependencies().provide(assignment, sandbox, reporter, patience, watch)) {
      case Provided.Nothing() -> run(program, sandbox, exchange);
      case Provided.There(var layer) -> {
        try (layer) {
          yield run(program.with(layer.folder()), sandbox, exchange);
        }
      }
      case Provided.Ended(RunEnd end, @Nullable ActivityCompletionException stop) -> {
        RunEnd last = Thread.interrupted() ? shutDown() : end;
        yield Optional.of(new Ending(last, sandbox.name(), Optional.ofNullable(stop)));
      }
      case Provided.Abandoned() -> Optional.empty();
    };
  }

  private Optional<Ending> run(Program program, Sandbox sandbox, FileExchange exchange) {
    try (Run run =
        sandbox.start(program, Programs.limits(assignment), exchange.sink(reporter.sink()))) {
      String place = sandbox.name() + "/" + run.environment();
      Optional<ActivityCompletionException> stopped =
          watch.over(
              run,
              Optional.of(() -> new Whereabouts(assignment.number(), place, reporter.number())));
      if (reporter.fencedOff()) {
        return Optional.empty();
      }
      if (Thread.interrupted()) { // the worker is shut down; the attempt says so before it goes
        run.stop();
        run.end().join();
        return Optional.of(new Ending(shutDown(), place, Optional.empty()));
      }
      FileExchange.Handed handed =
          stopped.isPresent() || reporter.refusal().isPresent()
              ? new FileExchange.Handed(ended(run), stopped)
              : exchange.handIn(ended(run));
      return Optional.of(new Ending(handed.end(), place, handed.stopped()));
    }
  }

  private RunEnd ended(Run run) {
    return reporter.refusal().<RunEnd>map(OpenedAttempt::refused).orElseGet(() -> run.end().join());
  }

  /** What a heartbeat tells: where the attempt's processes are, and how many reports it made. */
  record Whereabouts(int attempt, String environment, long reports) {}

  private Program program() throws BundleReader.NoBundle, RefusedException {
    String digest = assignment.bundle();
    if (digest == null) {
      return Programs.ofSource(assignment);
    }
    try {
      return Programs.ofFiles(assignment, means.bundles().files(digest, () -> fetched(digest)));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof RefusedException refusal) {
        throw refusal;
      }
      throw e;
    }
  }

  private byte[] fetched(String digest) {
    try {
      return patience.untilAnswered(() -> means.api().bundle(assignment.token(), digest));
    } catch (RefusedException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void finish(Ending ending) {
    FailureCode failure;
    try {
      failure = told(reporter.lastWords(ending.end()), ending.place()).failure();
    } catch (RefusedException e) {
      throw AttemptFailures.of(
          FailureCode.INTERNAL,
          "the service takes nothing of the attempt, so it was ended: " + e.getMessage());
    }
    if (failure != null) {
      throw AttemptFailures.of(failure, AttemptFailures.execution(assignment.token()));
    }
    if (ending.stop().isPresent()) {
      throw ending.stop().get();
    }
  }

  /** What the service does not take as an end may still be told as a failure. */
  private AttemptVerdict told(RunEnd end, String place) throws RefusedException {
    try {
      return patience.untilAnsweredAtLast(() -> reporter.end(end, place));
    } catch (RefusedException e) {
      return patience.untilAnsweredAtLast(() -> reporter.endWithout(refused(e), place));
    }
  }

  private static RunEnd refused(RefusedException refusal) {
    return failed(
        Failure.of(
            FailureCode.INTERNAL,
            "the service does not take what the attempt has to say: " + refusal.getMessage()));
  }

  private static RunEnd shutDown() {
    return failed(
        Failure.of(FailureCode.WORKER_LOST, "the worker was shut down while the code ran"));
  }

  private static RunEnd environment(String message) {
    return failed(Failure.of(FailureCode.ENVIRONMENT, message));
  }

  private static RunEnd failed(Failure failure) {
    return new RunEnd.Failed(failure, Usage.NONE);
  }
}
