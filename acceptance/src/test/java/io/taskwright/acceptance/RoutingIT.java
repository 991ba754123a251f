package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Where work goes on an installation whose operator has functions, and no code inside workers. */
class RoutingIT {
  private static final Installation SERVICE = Installation.fresh();
  private static final String SOURCE =
      "function main(input) { console.log('here'); return input.a + 1; }";

  @BeforeAll
  static void start() {
    SERVICE.up(
        Map.of(
            "TASKWRIGHT_ROUTING_FUNCTIONS", "true",
            "TASKWRIGHT_ROUTING_INPROCESS", "false",
            "TASKWRIGHT_ROUTING_LIGHTWEIGHT_CPU", "0.2"));
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static JsonNode run(String cpu) {
    Rest rest = SERVICE.rest();
    return rest.run(
        Tasks.define(
            rest,
            Tasks.withConfig(
                Tasks.of("javascript", SOURCE), "{'resourceRequirements':{'cpu':'" + cpu + "'}}")),
        "{\"a\":41}");
  }

  @Test
  void refusesWhatWouldBeAFunction() {
    JsonNode execution = run("0.2");
    assertThat(execution.at("/failure/code").stringValue())
        .as(execution.toString())
        .isEqualTo("ENVIRONMENT");
    assertThat(execution.at("/failure/message").stringValue())
        .contains("no provider of functions is configured", "taskwright.routing.functions");
    assertThat(execution.get("attempts")).isEmpty();
  }

  @Test
  void runsJavascriptByNodeInASandbox() {
    JsonNode execution = run("0.21");
    assertThat(execution.get("status").stringValue())
        .as(execution.toString())
        .isEqualTo("COMPLETED");
    assertThat(execution.get("output").intValue()).isEqualTo(42);
    assertThat(execution.at("/route/method").stringValue()).isEqualTo("CONTAINER");
    assertThat(execution.at("/route/reason").stringValue())
        .isEqualTo("no code may run inside a worker's process here");
    assertThat(execution.at("/attempts/0/environment").stringValue()).startsWith("bubblewrap/");
  }
}
