package io.taskwright.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.execution.Bounds;
import io.taskwright.model.execution.Routing;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RoutingPropertiesTest {
  private static Routing read(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("taskwright.routing", RoutingProperties.class)
        .rules();
  }

  @Test
  void haveTheDefaultsOfTheModel() {
    assertThat(read(Map.of())).isEqualTo(Routing.DEFAULT);
  }

  @Test
  void setEveryRule() {
    assertThat(
            read(
                Map.of(
                    "taskwright.routing.functions", "true",
                    "taskwright.routing.in-process", "false",
                    "taskwright.routing.lightweight.cpu", "500m",
                    "taskwright.routing.lightweight.memory", "512Mi",
                    "taskwright.routing.lightweight.timeout", "90s",
                    "taskwright.routing.simple.cpu", "0.2",
                    "taskwright.routing.simple.memory", "32Mi",
                    "taskwright.routing.simple.timeout", "PT2S")))
        .isEqualTo(
            new Routing(
                true,
                false,
                new Bounds(new Cpu(500), ByteSize.ofMebibytes(512), Duration.ofSeconds(90)),
                new Bounds(new Cpu(200), ByteSize.ofMebibytes(32), Duration.ofSeconds(2))));
  }

  @Test
  void keepWhatIsNotSaid() {
    assertThat(read(Map.of("taskwright.routing.simple.memory", "32Mi")).simple())
        .isEqualTo(
            new Bounds(
                Routing.DEFAULT.simple().cpu(),
                ByteSize.ofMebibytes(32),
                Routing.DEFAULT.simple().timeout()));
  }

  @ParameterizedTest
  @CsvSource({
    "taskwright.routing.lightweight.cpu, many",
    "taskwright.routing.lightweight.memory, 12 apples",
    "taskwright.routing.simple.memory, much"
  })
  void sayWhatIsWrong(String name, String value) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .hasMessageContaining(name + " cannot be " + value);
  }
}
