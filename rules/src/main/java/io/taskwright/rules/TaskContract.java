package io.taskwright.rules;

import io.taskwright.model.Violation;
import io.taskwright.model.definition.Rule;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Warning;
import io.taskwright.rules.rule.RuleBook;
import io.taskwright.rules.rule.RuleBook.Fired;
import io.taskwright.rules.shape.JsonShape;
import io.taskwright.rules.shape.JsonShapes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * One version of a task, ready to hold inputs and outputs against: first their shape, then the
 * rules. A stage is asked only if the one before had nothing against the value.
 */
public final class TaskContract {
  /** The stage of the schemas. */
  public static final String SHAPE = "shape";

  /** The stage of the rules. */
  public static final String RULES = "rules";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final TaskDefinition definition;
  private final Optional<JsonShape> input;
  private final Optional<JsonShape> output;
  private final RuleBook rules;
  private final Map<String, JsonShape> signals = new HashMap<>();
  private final Optional<LimitKey> concurrencyKey;
  private final Optional<LimitKey> rateKey;

  /**
   * @param definition one that {@link DefinitionReader} found valid
   */
  public TaskContract(TaskDefinition definition) {
    this.definition = definition;
    this.input = Optional.ofNullable(definition.inputSchema()).map(JsonShapes::ready);
    this.output = Optional.ofNullable(definition.outputSchema()).map(JsonShapes::ready);
    this.rules = new RuleBook(definition.rules());
    definition
        .signals()
        .forEach((name, signal) -> {
          if (signal.schema() != null) {
            signals.put(name, JsonShapes.ready(signal.schema()));
          }
        });
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

  /** What comes with a signal, with the defaults of its schema. */
  public JsonNode withDefaults(String signal, JsonNode payload) {
    JsonShape shape = signals.get(signal);
    return shape == null ? payload : shape.withDefaults(payload);
  }

  /** What is wrong with what comes with a signal; its defaults are filled in. */
  public List<Violation> payloadViolations(String signal, JsonNode payload) {
    JsonShape shape = signals.get(signal);
    return shape == null ? List.of() : shape.violations(payload);
  }

  /** How the shape of an input is wrong whose defaults are filled in. */
  public List<Violation> inputViolations(JsonNode value) {
    return input.map(shape -> shape.violations(value)).orElse(List.of());
  }

  /** What is wrong with an output. */
  public List<Violation> outputViolations(JsonNode value) {
    return output.map(shape -> shape.violations(value)).orElse(List.of());
  }

  /** Holds an input, whose defaults are filled in, against shape and rules. */
  public Judgement ofInput(JsonNode value) {
    List<Violation> violations = inputViolations(value);
    if (!violations.isEmpty()) {
      return Judgement.refused(
          new Failure(
              FailureCode.INPUT_INVALID,
              "the input breaks the inputSchema; nothing was run",
              details(violations)));
    }
    return judge(
        rules.onInput(value), FailureCode.RULE_BLOCKED, "blocks the input; nothing was run");
  }

  /**
   * Holds an output against the contract.
   *
   * @param input is asked for only if there is a rule over the output
   * @param output JSON text
   */
  public Judgement ofOutput(Supplier<JsonNode> input, String output) {
    JsonNode value;
    try {
      value = JSON.readTree(output);
    } catch (JacksonException e) {
      return Judgement.refused(
          Failure.of(
              FailureCode.OUTPUT_INVALID, "the output is no JSON: " + e.getOriginalMessage()));
    }
    List<Violation> violations = outputViolations(value);
    if (!violations.isEmpty()) {
      return Judgement.refused(broken(violations));
    }
    return rules.has(Rule.On.OUTPUT)
        ? judge(rules.onOutput(input.get(), value), FailureCode.OUTPUT_INVALID, "blocks the output")
        : Judgement.TAKEN;
  }

  private Failure broken(List<Violation> violations) {
    return new Failure(
        FailureCode.OUTPUT_INVALID,
        "the output breaks the outputSchema of '"
            + definition.name()
            + "' in "
            + violations.size()
            + (violations.size() == 1 ? " place" : " places"),
        details(violations));
  }

  private static ArrayNode details(List<Violation> violations) {
    ArrayNode details = JSON.createArrayNode();
    violations.forEach(violation ->
        details
            .addObject()
            .put("stage", SHAPE)
            .put("pointer", violation.pointer())
            .put("keyword", violation.keyword())
            .put("message", violation.message()));
    return details;
  }

  private static Judgement judge(List<Fired> fired, FailureCode code, String what) {
    List<Fired> blocking = fired.stream().filter(one -> one.then() == Rule.Then.BLOCK).toList();
    if (blocking.isEmpty()) {
      return new Judgement(
          Optional.empty(),
          fired.stream().map(one -> new Warning(RULES, one.pointer(), one.message())).toList());
    }
    ArrayNode details = JSON.createArrayNode();
    blocking.forEach(one ->
        details
            .addObject()
            .put("stage", RULES)
            .put("pointer", one.pointer())
            .put("keyword", "block")
            .put("message", one.message()));
    Fired first = blocking.getFirst();
    String message = "the rule " + first.pointer() + " " + what + ": " + first.message();
    return Judgement.refused(new Failure(code, message, details));
  }
}
