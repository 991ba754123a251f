package io.taskwright.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessIdTest {
  private static final String REST =
      " 1 7 7 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 987654 4096 1 18446744073709551615";

  @Test
  void readsTheStartAfterANameWithParenthesesAndBlanks() {
    assertThat(ProcessId.inStat(7, "7 (a) S (b c) S" + REST)).contains(new ProcessId(7, 987654));
  }

  @Test
  void takesAZombieForDead() {
    assertThat(ProcessId.inStat(7, "7 (sh) Z" + REST)).isEmpty();
  }

  @Test
  void isNotFooledByANumberThatWasGivenAgain() {
    ProcessId self = ProcessId.self();

    assertThat(self.alive()).isTrue();
    assertThat(new ProcessId(self.pid(), self.started() + 1).alive()).isFalse();
  }

  @Test
  void splitsACommandLineAndKeepsItsEmptyArguments() {
    assertThat(ProcessTable.arguments("a\0\0b c\0".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(List.of("a", "", "b c"));
    assertThat(ProcessTable.arguments("postgres: title".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(List.of("postgres: title"));
  }
}
