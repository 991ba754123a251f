package io.taskwright.sandbox.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.TaskRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InterpretersTest {
  private final Interpreters interpreters =
      new Interpreters(
          Map.of(TaskRuntime.JAVA, "/jdk/bin/java", TaskRuntime.NODE, "/usr/bin/node"),
          Optional.of("/a.jsa"));

  @ParameterizedTest
  @CsvSource({"64, 16, 24", "128, 56, 88", "512, 384, 384", "4096, 3072, 3072"})
  void leavesRoomForTheMachineBesideTheHeap(long memory, int javaHeap, int nodeHeap) {
    ByteSize size = ByteSize.ofMebibytes(memory);
    assertThat(interpreters.command(TaskRuntime.JAVA, size, List.of(), Optional.empty()))
        .contains("-Xmx" + javaHeap + "m");
    assertThat(interpreters.command(TaskRuntime.NODE, size, List.of(), Optional.empty()))
        .contains("--max-old-space-size=" + nodeHeap);
  }

  @Test
  void usesTheArchiveIfThereIsOne() {
    ByteSize size = ByteSize.ofMebibytes(128);
    assertThat(interpreters.command(TaskRuntime.JAVA, size, List.of(), Optional.empty()))
        .contains("-XX:SharedArchiveFile=/a.jsa");
    Interpreters without = new Interpreters(interpreters.programs(), Optional.empty());
    assertThat(without.command(TaskRuntime.JAVA, size, List.of(), Optional.empty()))
        .noneMatch(word -> word.contains("Archive"));
  }

  @Test
  void runsNothingThatItHasNot() {
    ByteSize size = ByteSize.ofMebibytes(128);
    assertThat(interpreters.runtimes())
        .containsExactlyInAnyOrder(TaskRuntime.JAVA, TaskRuntime.NODE, TaskRuntime.JAVASCRIPT);
    assertThatThrownBy(
            () -> interpreters.command(TaskRuntime.PYTHON, size, List.of(), Optional.empty()))
        .hasMessageContaining("python");
    Interpreters without =
        new Interpreters(Map.of(TaskRuntime.BASH, "/bin/bash"), Optional.empty());
    assertThat(without.runtimes()).containsExactly(TaskRuntime.BASH);
  }

  @Test
  void runsJavascriptByNodeUnderAContractOfItsOwn() {
    ByteSize size = ByteSize.ofMebibytes(128);
    assertThat(interpreters.command(TaskRuntime.JAVASCRIPT, size, List.of(), Optional.empty()))
        .isEqualTo(interpreters.command(TaskRuntime.NODE, size, List.of(), Optional.empty()));
    assertThat(Interpreters.arguments(TaskRuntime.JAVASCRIPT, "main.js"))
        .containsExactly("main.js", "javascript");
    assertThat(Interpreters.arguments(TaskRuntime.NODE, "main.js")).containsExactly("main.js");
  }

  @Test
  void namesEnvironmentsSoThatTheyCanBeFound() {
    EnvironmentName names = new EnvironmentName();
    assertThat(names.of("a/b c")).isEqualTo("a_b_c.1");
    assertThat(names.of("x".repeat(200))).hasSize(82).endsWith(".2");
  }
}
