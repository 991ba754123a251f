package io.taskwright.api.batch;

import io.taskwright.api.control.Repeating;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.batch.Operation;
import io.taskwright.model.batch.VersionChoice;
import io.taskwright.model.execution.Actor;
import io.taskwright.model.execution.Status;
import io.taskwright.store.batch.Batch;
import io.taskwright.store.batch.Deed;
import io.taskwright.store.batch.Item.Result;
import io.taskwright.store.execution.Commands;
import io.taskwright.store.execution.Commands.Order;
import io.taskwright.store.execution.Commands.Reply;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Does what batches say by the same rules as the routes for single executions. */
@Component
final class BatchDeeds implements Deed {
  private static final int CONFLICT = 409;

  private final Commands commands;
  private final Repeating repeating;

  BatchDeeds(Commands commands, Repeating repeating) {
    this.commands = commands;
    this.repeating = repeating;
  }

  @Override
  public Result perform(Batch batch, ExecutionId on) {
    Actor by = new Actor(Actor.Kind.KEY, batch.by());
    try {
      return switch (batch.operation()) {
        case Operation.Control(Operation.Command command, String reason) ->
            result(control(command, new Order(batch.project(), on, by, reason)));
        case Operation.Prioritize(int priority, String reason) ->
            result(commands.prioritize(new Order(batch.project(), on, by, reason), priority));
        case Operation.Retry(VersionChoice version) ->
            new Result.Done(repeating.retry(batch.project(), on, version, by));
        case Operation.Rerun(VersionChoice version, Optional<String> input) ->
            new Result.Done(repeating.rerun(batch.project(), on, version, input, by));
      };
    } catch (ProblemException e) {
      String code = e.code().name();
      String detail = String.valueOf(e.getMessage());
      if (e.retryAfter().isPresent()) {
        return new Result.Later(code, detail, e.retryAfter().get());
      }
      return e.code().status() == CONFLICT
          ? new Result.Skipped(code, detail)
          : new Result.Failed(code, detail);
    }
  }

  private Reply control(Operation.Command command, Order order) {
    return switch (command) {
      case CANCEL -> commands.cancel(order);
      case TERMINATE -> commands.terminate(order);
      case PAUSE -> commands.pause(order);
      case RESUME -> commands.resume(order);
    };
  }

  private static Result result(Reply reply) {
    return switch (reply) {
      case Reply.Done(Status status) -> new Result.Done(null);
      case Reply.Ended(Status status) ->
          new Result.Skipped(ProblemCode.ALREADY_ENDED.name(), "it has ended " + status);
      case Reply.NotPaused(Status status) ->
          new Result.Skipped(ProblemCode.NOT_PAUSED.name(), "it is " + status);
      case Reply.Absent() ->
          new Result.Skipped(ProblemCode.NOT_FOUND.name(), "it is not there any more");
    };
  }
}
