package io.taskwright.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TemplateTest {
  private final Template template = new Template("port: ${port}\nhost: ${host}\n");

  @Test
  void fillsItsHoles() {
    assertThat(template.fill(Map.of("port", "1", "host", "$a\\b")))
        .isEqualTo("port: 1\nhost: $a\\b\n");
  }

  @Test
  void refusesAMissingValue() {
    assertThatThrownBy(() -> template.fill(Map.of("port", "1")))
        .hasMessageContaining("no value for ${host}");
  }

  @Test
  void refusesAValueWithoutAHole() {
    assertThatThrownBy(() -> template.fill(Map.of("port", "1", "host", "h", "user", "u")))
        .hasMessageContaining("user");
  }
}
