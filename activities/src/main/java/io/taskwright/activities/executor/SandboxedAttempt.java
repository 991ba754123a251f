package io.taskwright.activities.executor;

import io.taskwright.activities.AttemptFailures;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.OpenAttempt;
import io.taskwright.sandbox.offer.Choice;
import io.taskwright.workflows.contract.AttemptActivity;
import io.taskwright.workflows.contract.AttemptOrder;
import io.temporal.activity.Activity;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Runs an attempt in a sandbox. It needs Temporal, which hands it the order, and the service, which
 * hands it everything else; no database.
 */
public final class SandboxedAttempt implements AttemptActivity {
  private final Means means;
  private final Terms terms;
  private final Supplier<String> nonces;
  private final InstantSource clock;
  private final AtomicInteger running = new AtomicInteger();

  /**
   * By what attempts are made here.
   *
   * @param sandboxes chooses what runs such code under such protection
   * @param files where the files of attempts lie meanwhile
   */
  public record Means(
      ServiceApi api,
      BundleCache bundles,
      Dependencies dependencies,
      ExecutorFiles files,
      BiFunction<TaskRuntime, SecurityLevel, Choice> sandboxes) {}

  /**
   * Under which name and bounds attempts are made here.
   *
   * @param worker what this executor is called in their records
   * @param egress what its operator lets code connect to
   * @param notes where it keeps what is under way
   */
  public record Terms(String worker, EgressBounds egress, AttemptNotes notes) {}

  /**
   * @param nonces makes fresh secrets of 20 to 100 characters
   */
  public SandboxedAttempt(Means means, Terms terms, Supplier<String> nonces, InstantSource clock) {
    this.means = means;
    this.terms = terms;
    this.nonces = nonces;
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
      case HELD -> throw AttemptFailures.held(AttemptFailures.execution(order.grant()));
      case DONE, OVER -> {}
    }
  }

  private AttemptAnswer open(AttemptOrder order, Patience patience) {
    OpenAttempt request = new OpenAttempt(order.grant(), nonces.get(), terms.worker());
    try {
      return patience.untilAnswered(() -> means.api().open(request));
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
      new OpenedAttempt(means, terms, assignment, patience, clock).make();
    }
  }
}
