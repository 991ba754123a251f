package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Actor;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.Outcome;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.Ends.Locked;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The one end of each execution, as its workflow comes to it. */
@Repository
public class Conclusions {
  private final Ends ends;
  private final UsualWay usual;

  Conclusions(Ends ends, UsualWay usual) {
    this.ends = ends;
    this.usual = usual;
  }

  /** Who asked for something, and why. */
  public record Request(String by, String reason) {
    /** The end that was asked for. */
    public Outcome.Cancelled granted() {
      return new Outcome.Cancelled(new Actor(Actor.Kind.SERVICE, by), reason);
    }

    static ObjectNode json(String by, String reason) {
      return JsonNodeFactory.instance.objectNode().put("by", by).put("reason", reason);
    }
  }

  /**
   * What is known of an execution when its workflow is through.
   *
   * @param last the newest attempt, if there was one
   */
  public record Closing(Optional<Request> cancel, Optional<LastAttempt> last) {
    /** The same for work whose checks were not made: its output does not count. */
    public Closing unchecked() {
      return new Closing(
          cancel, last.map(it -> new LastAttempt(it.number(), it.open(), false, it.failure())));
    }
  }

  /**
   * The newest attempt.
   *
   * @param open whether it never reported its end
   * @param done whether it gave an output
   */
  public record LastAttempt(int number, boolean open, boolean done, @Nullable Failure failure) {}

  /**
   * Completes the execution if an attempt of it gave an output, unless somebody holds it.
   *
   * @return false if none did, or if it had ended or is held
   */
  public boolean complete(ExecutionId id) {
    return usual.completes(id);
  }

  /**
   * Ends the execution as the function decides on what its row and attempts say; once ended it
   * stays so. Completing takes the output of the newest attempt. One that somebody holds ends only
   * if its end was asked for.
   *
   * @return the status it has ended in, or PAUSED if it is held
   */
  @Transactional
  public Optional<Status> conclude(ExecutionId id, Function<Closing, Outcome> decision) {
    Optional<Locked> locked = ends.lock(id, null);
    if (locked.isEmpty() || locked.get().status().ended()) {
      return locked.map(Locked::status);
    }
    Optional<LastAttempt> last = ends.last(id);
    Outcome outcome = decision.apply(new Closing(locked.get().cancel(), last));
    if (locked.get().status() == Status.PAUSED
        && locked.get().cancel().isEmpty()
        && !(outcome instanceof Outcome.Cancelled)) {
      return Optional.of(Status.PAUSED);
    }
    ends.end(id, outcome, last, List.of());
    return Optional.of(outcome.status());
  }
}
