package io.taskwright.api.start;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.TaskId;
import io.taskwright.model.Violation;
import io.taskwright.model.definition.ConcurrencyLimit;
import io.taskwright.model.definition.RateLimit;
import io.taskwright.rules.LimitKey;
import io.taskwright.rules.LimitKey.Taken;
import io.taskwright.rules.TaskContract;
import io.taskwright.store.Sha256;
import io.taskwright.store.execution.StartLimits;
import io.taskwright.store.execution.StartLimits.Pace;
import io.taskwright.store.execution.StartLimits.Place;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says which limits of its task an input is held against. */
final class TaskLimits {
  private final TaskId task;
  private final JsonNode input;
  private final List<Violation> violations = new ArrayList<>();

  private TaskLimits(TaskId task, JsonNode input) {
    this.task = task;
    this.input = input;
  }

  /**
   * The limits, with what the input has for their keys.
   *
   * @throws ProblemException if it has nothing that can be a key
   */
  static StartLimits of(TaskContract contract, TaskId task, JsonNode input) {
    ConcurrencyLimit concurrency = contract.definition().concurrency();
    RateLimit rate = contract.definition().rate();
    if (concurrency == null && rate == null) {
      return StartLimits.NONE;
    }
    TaskLimits limits = new TaskLimits(task, input);
    Taken.Value place = limits.take(contract.concurrencyKey());
    Taken.Value pace = limits.take(contract.rateKey());
    if (!limits.violations.isEmpty()) {
      throw new ProblemException(
          ProblemCode.INPUT_INVALID,
          "nothing was started; correct the input, or the key in the definition",
          limits.violations);
    }
    return new StartLimits(
        concurrency == null || place == null
            ? null
            : new Place(
                limits.id("concurrency", place),
                storable(place.text()),
                concurrency.limit(),
                concurrency.onLimit()),
        rate == null || pace == null
            ? null
            : new Pace(
                limits.id("rate", pace),
                storable(pace.text()),
                rate.limit(),
                rate.per(),
                rate.refuses()));
  }

  private Taken.@Nullable Value take(Optional<LimitKey> key) {
    if (key.isEmpty()) {
      return null;
    }
    return switch (key.get().take(input)) {
      case Taken.Value value -> value;
      case Taken.None(Violation violation) -> {
        violations.add(violation);
        yield null;
      }
    };
  }

  /** The same for all executions of the task that have this for a key. */
  private UUID id(String limit, Taken.Value key) {
    ByteBuffer hash = ByteBuffer.wrap(Sha256.of(limit + " " + task + " " + key.identity()));
    return new UUID(hash.getLong(), hash.getLong());
  }

  /** PostgreSQL keeps no NUL in a text. */
  private static @Nullable String storable(@Nullable String text) {
    return text == null ? null : text.replace('\0', '\uFFFD');
  }
}
