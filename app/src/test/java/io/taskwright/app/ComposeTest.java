package io.taskwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.app.machine.JavaProgram;
import io.taskwright.app.temporal.TemporalPins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** The compose file runs the same parts, in the same versions, by commands that exist. */
final class ComposeTest {
  private static final Map<String, Object> SERVICES = services();

  @Test
  void runsEveryPart() {
    assertThat(SERVICES.keySet())
        .contains("postgres", "temporal", "temporal-ui", "server", "executor");
  }

  @Test
  void pinsTheVersionsOfTemporalThatAreTested() {
    TemporalPins pins = TemporalPins.read();
    assertThat(service("temporal")).containsEntry("image", "temporalio/server:" + pins.server());
    assertThat(service("temporal-schema"))
        .containsEntry("image", "temporalio/admin-tools:" + pins.server());
    assertThat(service("temporal-ui")).containsEntry("image", "temporalio/ui:" + pins.ui());
  }

  @Test
  void startsItsProcessesByCommandsThatExist() {
    for (String name : List.of("server", "executor")) {
      String[] words =
          ((List<?>) field(service(name), "command"))
              .stream().map(String::valueOf).toArray(String[]::new);
      CommandLine.ParseResult parsed =
          Taskwright.commandLine(JavaProgram.of(Taskwright.class)).parseArgs(words);
      assertThat(parsed.hasSubcommand()).as(name).isTrue();
    }
  }

  @Test
  void keepsPasswordsOutAndPortsOnThisMachine() throws IOException {
    assertThat(Files.readString(file())).doesNotContain("PASSWORD: taskwright");
    for (String name : SERVICES.keySet()) {
      for (Object port : (List<?>) service(name).getOrDefault("ports", List.of())) {
        assertThat(port.toString()).as(name).startsWith("127.0.0.1:");
      }
    }
  }

  @Test
  void regressR22GivesTheEnginesSocketToExecutorsAlone() {
    for (String name : SERVICES.keySet()) {
      boolean has = service(name).toString().contains("docker.sock");
      assertThat(has).as(name).isEqualTo(name.equals("executor"));
      assertThat(service(name)).as(name).doesNotContainKey("privileged");
    }
  }

  private static Map<String, Object> service(String name) {
    return map(field(SERVICES, name));
  }

  private static Map<String, Object> services() {
    try {
      return map(field(map(new Yaml().load(Files.readString(file()))), "services"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path file() {
    return Path.of("..", "docker-compose.yml");
  }

  private static Object field(Map<String, Object> map, String name) {
    return Objects.requireNonNull(map.get(name), name);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
