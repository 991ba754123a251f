package io.taskwright.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.app.process.ProcessId;
import io.taskwright.app.supervisor.PartState;
import io.taskwright.app.supervisor.PartStatus;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class InstanceJsonTest {
  private final Instance instance =
      new Instance(
          Path.of("/data"),
          ServiceState.DEGRADED,
          null,
          new ProcessId(10, 1000),
          new Instance.Addresses(
              URI.create("http://127.0.0.1:8080"),
              URI.create("http://127.0.0.1:8233"),
              "127.0.0.1:7233",
              Path.of("/data/keys/admin.key")),
          List.of(
              new PartStatus(
                  "postgres",
                  PartState.READY,
                  "17.6.0",
                  new ProcessId(11, 1001),
                  0,
                  null,
                  Path.of("/data/logs/postgres.log")),
              new PartStatus(
                  "server",
                  PartState.RESTARTING,
                  "0.1.0",
                  null,
                  2,
                  "ended with exit code 137",
                  Path.of("/data/logs/server.log"))));

  @Test
  void hasTheFieldsThatScriptsRelyOn() {
    JsonNode json = JsonMapper.shared().readTree(InstanceJson.write(instance));

    assertThat(json.at("/url").asString()).isEqualTo("http://127.0.0.1:8080");
    assertThat(json.at("/temporalUi").asString()).isEqualTo("http://127.0.0.1:8233");
    assertThat(json.at("/temporalAddress").asString()).isEqualTo("127.0.0.1:7233");
    assertThat(json.at("/apiKeyFile").asString()).isEqualTo("/data/keys/admin.key");
    assertThat(json.at("/parts/0/name").asString()).isEqualTo("postgres");
    assertThat(json.at("/parts/0/state").asString()).isEqualTo("ready");
    assertThat(json.at("/parts/0/version").asString()).isEqualTo("17.6.0");
    assertThat(json.at("/parts/0/pid").asLong()).isEqualTo(11);
    assertThat(json.at("/parts/1/pid").isNull()).isTrue();
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(InstanceJson.read(InstanceJson.write(instance))).isEqualTo(instance);
  }

  @Test
  void hasTheSameFieldsWhenNothingRuns() {
    JsonNode nothing = JsonMapper.shared().readTree(InstanceJson.nothing(Path.of("/data")));
    JsonNode something = JsonMapper.shared().readTree(InstanceJson.write(instance));

    assertThat(nothing.propertyNames()).containsExactlyElementsOf(something.propertyNames());
    assertThat(nothing.at("/state").asString()).isEqualTo("stopped");
    assertThat(nothing.at("/parts").isEmpty()).isTrue();
  }
}
