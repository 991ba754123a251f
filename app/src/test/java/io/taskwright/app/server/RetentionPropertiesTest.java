package io.taskwright.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RetentionPropertiesTest {
  private static RetentionProperties read(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("taskwright.retention", RetentionProperties.class);
  }

  @Test
  void haveDefaults() {
    RetentionProperties properties = read(Map.of());
    assertThat(properties.keep()).contains(Duration.ofDays(90));
    assertThat(properties.bundles()).isEqualTo(Duration.ofDays(1));
    assertThat(properties.every()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void areReadAsTheyAreGiven() {
    String name = "taskwright.retention.";
    RetentionProperties properties =
        read(
            Map.of(
                name + "executions", "forever", name + "bundles", "PT2H", name + "every", "PT5S"));
    assertThat(properties.keep()).isEmpty();
    assertThat(properties.bundles()).isEqualTo(Duration.ofHours(2));
    assertThat(properties.every()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "executions, PT59M",
    "executions, P4000D",
    "executions, ever",
    "bundles, PT59S",
    "every, PT0S"
  })
  void areRefusedWhenTheyAreNone(String name, String value) {
    assertThatThrownBy(() -> read(Map.of("taskwright.retention." + name, value)))
        .rootCause()
        .hasMessageContaining("taskwright.retention." + name + " must be ");
  }
}
