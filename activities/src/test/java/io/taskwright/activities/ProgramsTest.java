package io.taskwright.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.protocol.AssignedSecrets;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.model.protocol.AttemptFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramsTest {
  private static Assignment assignment(String... egress) {
    return new Assignment(
        "id",
        1,
        "token",
        TaskRuntime.PYTHON,
        "main.py",
        "print()",
        null,
        "{}",
        Map.of(),
        SecurityLevel.LOW,
        100,
        null,
        64 << 20,
        10 << 20,
        5_000,
        List.of(egress),
        AssignedSecrets.NONE,
        2_500L,
        AttemptFiles.NONE,
        List.of(),
        null);
  }

  @Test
  void mayConnectWhereTheAssignmentSays() {
    assertThat(Programs.ofSource(assignment("x.example:443", "[2606:0:0:0:0:0:0:1]:80")).egress())
        .containsExactly(
            new Destination("x.example", 443), new Destination("2606:0:0:0:0:0:0:1", 80));
    assertThat(Programs.ofSource(assignment()).egress()).isEmpty();
  }

  @Test
  void mayUseAsMuchProcessorTimeAsTheAssignmentSays() {
    assertThat(Programs.limits(assignment()).cpuTime()).isEqualTo(Duration.ofMillis(2_500));
  }

  @Test
  void areNotMadeOfDestinationsThatAreNone() {
    assertThatThrownBy(() -> Programs.ofSource(assignment("http://x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://x");
  }
}
