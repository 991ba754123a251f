package io.taskwright.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.sandbox.guest.EnvironmentException;
import org.junit.jupiter.api.Test;

final class EngineTest {
  @Test
  void saysWhenNoEngineAnswers() {
    assertThatThrownBy(() -> Engine.connect("unix:///nonexistent/docker.sock"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("no Docker engine answers at unix:///nonexistent/docker.sock")
        .hasMessageContaining("DOCKER_HOST");
  }

  @Test
  void namesTheImageByItsRecipe() {
    assertThat(RuntimeImage.own().name()).matches("taskwright/runtimes:[0-9a-f]{12}");
  }
}
