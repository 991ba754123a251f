package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.TaskId;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TaskContractTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String DEFINITION =
      """
      {"name":"t","automated":{"runtime":"python","source":"x"},
       "inputSchema":{"properties":{"n":{"type":"integer","default":7}}},
       "outputSchema":{"type":"object","required":["sum"]}}
      """;

  private static final String RULED =
      """
      {"name":"t","automated":{"runtime":"python","source":"x"},
       "inputSchema":{"properties":{"n":{"type":"integer"}}},
       "rules":[{"on":"input","when":"input.n > 10","then":"block","message":"at most ten"},
                {"on":"input","when":"input.n > 9","then":"warn","message":"many"},
                {"on":"output","when":"output > input.n","then":"block","message":"it grew"}]}
      """;

  private static JsonNode noInput() {
    throw new IllegalStateException("nobody needs the input");
  }

  private final List<Integer> loaded = new ArrayList<>();
  private final Contracts contracts =
      new Contracts(
          (task, version) -> {
            loaded.add(version);
            return switch (version) {
              case 1 -> Optional.of(DEFINITION);
              case 2 -> Optional.of("{}");
              case 4 -> Optional.of(RULED);
              default -> Optional.empty();
            };
          },
          new DefinitionReader(Caps.DEFAULT));
  private final TaskId task = new TaskId(UUID.randomUUID());

  @Test
  void loadsAVersionOnce() {
    assertThat(contracts.find(task, 1)).isPresent();
    assertThat(contracts.find(task, 1)).isPresent();
    assertThat(loaded).containsExactly(1);
  }

  @Test
  void knowsNoVersionThatIsAbsentOrUnreadable() {
    assertThat(contracts.find(task, 2)).isEmpty();
    assertThat(contracts.find(task, 3)).isEmpty();
  }

  @Test
  void holdsInputsAgainstTheSchemaWithDefaults() {
    TaskContract contract = contracts.find(task, 1).orElseThrow();
    assertThat(contract.withDefaults(JSON.readTree("{}"))).isEqualTo(JSON.readTree("{\"n\":7}"));
    assertThat(contract.inputViolations(JSON.readTree("{\"n\":\"x\"}"))).hasSize(1);
    assertThat(contract.inputViolations(JSON.readTree("{\"n\":1}"))).isEmpty();
  }

  @Test
  void holdsOutputsAgainstTheSchema() {
    TaskContract contract = contracts.find(task, 1).orElseThrow();
    assertThat(contract.ofOutput(TaskContractTest::noInput, "{\"sum\":1}"))
        .isEqualTo(Judgement.TAKEN);
    Failure broken = contract.ofOutput(TaskContractTest::noInput, "{}").failure().orElseThrow();
    assertThat(broken.code()).isEqualTo(FailureCode.OUTPUT_INVALID);
    assertThat(broken.message()).contains("'t'").contains("1 place");
    assertThat(String.valueOf(broken.details())).contains("required", "\"stage\":\"shape\"");
    assertThat(
            contract.ofOutput(TaskContractTest::noInput, "not json").failure().orElseThrow().code())
        .isEqualTo(FailureCode.OUTPUT_INVALID);
  }

  @Test
  void asksTheRulesAfterTheShape() {
    TaskContract contract = contracts.find(task, 4).orElseThrow();
    Judgement shape = contract.ofInput(JSON.readTree("{\"n\":\"x\"}"));
    assertThat(shape.failure().orElseThrow().code()).isEqualTo(FailureCode.INPUT_INVALID);
    Judgement blocked = contract.ofInput(JSON.readTree("{\"n\":11}"));
    Failure failure = blocked.failure().orElseThrow();
    assertThat(failure.code()).isEqualTo(FailureCode.RULE_BLOCKED);
    assertThat(failure.message())
        .isEqualTo("the rule /rules/0 blocks the input; nothing was run: at most ten");
    assertThat(failure.details())
        .isEqualTo(
            JSON.readTree(
                "[{\"stage\":\"rules\",\"pointer\":\"/rules/0\",\"keyword\":\"block\","
                    + "\"message\":\"at most ten\"}]"));
    assertThat(blocked.warnings()).isEmpty();
    Judgement warned = contract.ofInput(JSON.readTree("{\"n\":10}"));
    assertThat(warned.failure()).isEmpty();
    assertThat(warned.warnings())
        .containsExactly(new Warning(TaskContract.RULES, "/rules/1", "many"));
    Failure output =
        contract.ofOutput(() -> JSON.readTree("{\"n\":5}"), "6").failure().orElseThrow();
    assertThat(output.code()).isEqualTo(FailureCode.OUTPUT_INVALID);
    assertThat(output.message()).contains("/rules/2");
    assertThat(contract.ofOutput(() -> JSON.readTree("{\"n\":5}"), "5").failure()).isEmpty();
  }

  @Test
  void takesAnythingWithoutSchemas() {
    Contracts bare =
        new Contracts(
            (id, version) ->
                Optional.of(
                    "{\"name\":\"t\",\"automated\":{\"runtime\":\"node\",\"source\":\"x\"}}"),
            new DefinitionReader(Caps.DEFAULT));
    TaskContract contract = bare.find(task, 1).orElseThrow();
    assertThat(contract.withDefaults(JSON.readTree("5"))).isEqualTo(JSON.readTree("5"));
    assertThat(contract.inputViolations(JSON.readTree("5"))).isEmpty();
    assertThat(contract.ofOutput(TaskContractTest::noInput, "5")).isEqualTo(Judgement.TAKEN);
    assertThat(contract.ofInput(JSON.readTree("5")).failure()).isEmpty();
  }
}
