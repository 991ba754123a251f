package io.taskwright.rules;

import io.taskwright.model.Violation;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** One version of a task, ready to hold inputs and outputs against. */
public final class TaskContract {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final TaskDefinition definition;
  private final Optional<JsonShape> input;
  private final Optional<JsonShape> output;
  private final Optional<LimitKey> concurrencyKey;
  private final Optional<LimitKey> rateKey;

  /**
   * @param definition one that {@link DefinitionReader} found valid
   */
  public TaskContract(TaskDefinition definition) {
    this.definition = definition;
    this.input = Optional.ofNullable(definition.inputSchema()).map(JsonShapes::ready);
    this.output = Optional.ofNullable(definition.outputSchema()).map(JsonShapes::ready);
    this.concurrencyKey =
        Optional.ofNullable(definition.concurrency())
            .map(limit -> LimitKey.of("concurrency", limit.key()));
    this.rateKey =
        Optional.ofNullable(definition.rate()).map(limit -> LimitKey.of("rate", limit.key()));
  }

  /** What the contract was made of. */
  public TaskDefinition definition() {
    return definition;
  }

  /** What executions share that may be under way at once; empty if that is not limited. */
  public Optional<LimitKey> concurrencyKey() {
    return concurrencyKey;
  }

  /** What executions share of which so many may begin in a time; empty if that is not limited. */
  public Optional<LimitKey> rateKey() {
    return rateKey;
  }

  /** The input with the defaults of its schema. */
  public JsonNode withDefaults(JsonNode value) {
    return input.map(shape -> shape.withDefaults(value)).orElse(value);
  }

  /** What is wrong with an input whose defaults are filled in. */
  public List<Violation> inputViolations(JsonNode value) {
    return input.map(shape -> shape.violations(value)).orElse(List.of());
  }

  /** What is wrong with an output. */
  public List<Violation> outputViolations(JsonNode value) {
    return output.map(shape -> shape.violations(value)).orElse(List.of());
  }

  /**
   * Holds an output against the contract.
   *
   * @param output JSON text
   * @return OUTPUT_INVALID with every violation, or nothing if the output keeps the promise
   */
  public Optional<Failure> outputFailure(String output) {
    JsonNode value;
    try {
      value = JSON.readTree(output);
    } catch (JacksonException e) {
      return Optional.of(
          Failure.of(
              FailureCode.OUTPUT_INVALID, "the output is no JSON: " + e.getOriginalMessage()));
    }
    List<Violation> violations = outputViolations(value);
    if (violations.isEmpty()) {
      return Optional.empty();
    }
    ArrayNode details = JSON.createArrayNode();
    for (Violation violation : violations) {
      details
          .addObject()
          .put("pointer", violation.pointer())
          .put("keyword", violation.keyword())
          .put("message", violation.message());
    }
    return Optional.of(
        new Failure(
            FailureCode.OUTPUT_INVALID,
            "the output breaks the outputSchema of '"
                + definition.name()
                + "' in "
                + violations.size()
                + (violations.size() == 1 ? " place" : " places"),
            details));
  }
}
