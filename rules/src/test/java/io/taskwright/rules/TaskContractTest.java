package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.TaskId;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TaskContractTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String DEFINITION =
      """
      {"name":"t","automated":{"runtime":"python","source":"x"},
       "inputSchema":{"properties":{"n":{"type":"integer","default":7}}},
       "outputSchema":{"type":"object","required":["sum"]}}
      """;

  private final List<Integer> loaded = new ArrayList<>();
  private final Contracts contracts =
      new Contracts(
          (task, version) -> {
            loaded.add(version);
            return switch (version) {
              case 1 -> Optional.of(DEFINITION);
              case 2 -> Optional.of("{}");
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
    assertThat(contract.outputFailure("{\"sum\":1}")).isEmpty();
    Failure broken = contract.outputFailure("{}").orElseThrow();
    assertThat(broken.code()).isEqualTo(FailureCode.OUTPUT_INVALID);
    assertThat(broken.message()).contains("'t'").contains("1 place");
    assertThat(String.valueOf(broken.details())).contains("required");
    assertThat(contract.outputFailure("not json").orElseThrow().code())
        .isEqualTo(FailureCode.OUTPUT_INVALID);
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
    assertThat(contract.outputFailure("5")).isEmpty();
  }
}
