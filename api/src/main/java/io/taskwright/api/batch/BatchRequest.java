package io.taskwright.api.batch;

import io.taskwright.api.body.Envelope;
import io.taskwright.api.execution.ExecutionFilters;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.Violation;
import io.taskwright.model.batch.Operation;
import io.taskwright.model.batch.Pace;
import io.taskwright.model.batch.VersionChoice;
import io.taskwright.store.batch.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a client asks for when it makes a batch.
 *
 * @param filter as it came; null if the executions are named
 * @param expected how many executions there must be
 */
record BatchRequest(
    String name,
    Operation operation,
    Selection selection,
    @Nullable String filter,
    Pace pace,
    OptionalInt expected) {
  static final int MOST_NAMED = 10_000;
  private static final int LONGEST_NAME = 200;
  private static final int MOST_SHOWN = 20;
  private static final String WORDS = "cancel, terminate, pause, resume, priority, retry, rerun";
  private static final JsonNode LATEST = JsonNodeFactory.instance.stringNode("latest");

  static BatchRequest read(Envelope body, Project project, ExecutionFilters filters) {
    String name = body.text("name").orElse("");
    if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
      throw body.wrong(
          ProblemCode.VALUE_INVALID,
          "name",
          "has at most " + LONGEST_NAME + " characters, none of them for control");
    }
    Operation operation = operation(body);
    Optional<Envelope> filter = body.object("filter");
    Selection selection = selection(body, filter, project, filters);
    Pace pace = pace(body);
    OptionalInt expected = body.integer("expected", 0, Integer.MAX_VALUE);
    body.end();
    return new BatchRequest(
        name,
        operation,
        selection,
        filter.map(it -> it.json().toString()).orElse(null),
        pace,
        expected);
  }

  private static Operation operation(Envelope body) {
    String word = body.requiredText("operation");
    Envelope parameters =
        body.object("parameters")
            .orElseGet(() -> Envelope.of(JsonNodeFactory.instance.objectNode()));
    Operation operation =
        switch (word) {
          case "cancel", "terminate", "pause", "resume" ->
              new Operation.Control(
                  Operation.Command.valueOf(word.toUpperCase(Locale.ROOT)), parameters.reason());
          case "priority" ->
              new Operation.Prioritize(
                  parameters.requiredInteger("priority", 1, 5), parameters.reason());
          case "retry" -> new Operation.Retry(version(parameters));
          case "rerun" ->
              new Operation.Rerun(
                  version(parameters), parameters.any("input").map(JsonNode::toString));
          default ->
              throw body.wrong(ProblemCode.VALUE_INVALID, "operation", "must be one of " + WORDS);
        };
    parameters.end();
    return operation;
  }

  private static VersionChoice version(Envelope parameters) {
    if (parameters.any("version").filter(LATEST::equals).isPresent()) {
      return new VersionChoice.Latest();
    }
    OptionalInt number = parameters.integer("version", 1, Integer.MAX_VALUE);
    return number.isPresent()
        ? new VersionChoice.Exactly(number.getAsInt())
        : new VersionChoice.Same();
  }

  private static Selection selection(
      Envelope body, Optional<Envelope> filter, Project project, ExecutionFilters filters) {
    boolean named = body.any("executions").filter(value -> !value.isNull()).isPresent();
    if (named == filter.isPresent()) {
      throw new ProblemException(
          ProblemCode.VALUE_INVALID, "say filter or executions, and not both");
    }
    return named
        ? new Selection.Named(ids(body.requiredList("executions", MOST_NAMED)))
        : new Selection.Matching(filters.of(project, filter.orElseThrow()));
  }

  private static List<ExecutionId> ids(List<JsonNode> texts) {
    List<ExecutionId> ids = new ArrayList<>();
    List<Violation> wrong = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Optional<ExecutionId> id =
          Optional.of(texts.get(i))
              .filter(JsonNode::isString)
              .flatMap(text -> ExecutionId.parse(text.stringValue()));
      id.ifPresent(ids::add);
      if (id.isEmpty() && wrong.size() < MOST_SHOWN) {
        wrong.add(unknown(i));
      }
    }
    refuse(wrong);
    return ids;
  }

  /** Refuses executions that are none of the project, the first of them by their places. */
  static void refuse(List<Violation> unknown) {
    if (!unknown.isEmpty()) {
      throw new ProblemException(
          ProblemCode.VALUE_INVALID, "nothing was made; correct the executions", unknown);
    }
  }

  static Violation unknown(int place) {
    return new Violation("/executions/" + place, "UNKNOWN_EXECUTION", "there is no such execution");
  }

  private static Pace pace(Envelope body) {
    double rate = body.number("rate", Pace.SLOWEST, Pace.FASTEST).orElse(0);
    Duration jitter =
        body.duration("jitter", Duration.ZERO, Pace.LONGEST_JITTER).orElse(Duration.ZERO);
    if (rate == 0 && jitter.isPositive()) {
      throw body.wrong(
          ProblemCode.VALUE_INVALID, "jitter", "lengthens the pauses that a rate makes; say rate");
    }
    return new Pace(rate, jitter);
  }
}
