package io.taskwright.client;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What came of one start of many.
 *
 * @param json as the service says it
 */
public record StartResult(JsonNode json) {
  /** The execution as it was accepted, if it was. */
  public Optional<Execution> execution() {
    JsonNode execution = json.path("execution");
    return execution.isObject() ? Optional.of(new Execution(execution)) : Optional.empty();
  }

  /** Why it was not accepted, if so. */
  public Optional<Problem> problem() {
    JsonNode problem = json.path("problem");
    return problem.isObject()
        ? Optional.of(Problem.of(json.path("status").asInt(0), Json.write(problem)))
        : Optional.empty();
  }
}
