package io.taskwright.model.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ByteSize;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionValuesTest {
  @ParameterizedTest
  @CsvSource({"0.1, 100", "1, 1000", "2.5, 2500", "100m, 100", "0.001, 1", "1500m, 1500"})
  void sharesOfTheProcessorAreReadInCoresOrThousandths(String text, int millicores) {
    assertThat(Cpu.parse(text)).contains(new Cpu(millicores));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0.0000", "0m", "-1", "1.2345", "1e3", "99999", "1 ", "one"})
  void otherTextsAreNoShares(String text) {
    assertThat(Cpu.parse(text)).isEmpty();
  }

  @Test
  void sharesAreWrittenInCores() {
    assertThat(new Cpu(100)).hasToString("0.1");
    assertThat(new Cpu(2000)).hasToString("2");
    assertThatThrownBy(() -> new Cpu(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void runtimesAreFoundByTheirWord() {
    for (TaskRuntime runtime : TaskRuntime.values()) {
      assertThat(TaskRuntime.of(runtime.word())).contains(runtime);
      assertThat(runtime.sourceFile()).startsWithIgnoringCase("main.");
      assertThat(TaskRuntime.words()).contains(runtime.word());
    }
    assertThat(TaskRuntime.of("python:latest")).isEmpty();
    assertThat(TaskRuntime.of("PYTHON")).isEmpty();
    assertThat(TaskRuntime.JAVASCRIPT.inProcess()).isTrue();
  }

  @Test
  void theDefaultsAreThoseOfTheSeeds() {
    ResourceRequirements resources = ResourceRequirements.DEFAULT;
    assertThat(resources.cpu()).hasToString("0.1");
    assertThat(resources.memory()).hasToString("128Mi");
    assertThat(resources.disk()).hasToString("500Mi");
    assertThat(resources.timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(SecurityContext.DEFAULT.level()).isEqualTo(SecurityLevel.LOW);
    assertThat(RetryPolicy.DEFAULT.maxRetries()).isEqualTo(3);
    assertThat(RetryPolicy.DEFAULT.retryableErrors())
        .containsExactlyInAnyOrder(
            FailureCode.ENVIRONMENT, FailureCode.RESOURCE_EXHAUSTED, FailureCode.WORKER_LOST);
  }

  @Test
  void memoryIsDoubledUpToTheMost() {
    ResourceRequirements usual = ResourceRequirements.DEFAULT;
    ByteSize memory = usual.memory();
    assertThat(usual.moreMemoryThan(memory)).isEqualTo(memory);
    ResourceRequirements growing =
        new ResourceRequirements(
            usual.cpu(),
            null,
            memory,
            usual.disk(),
            usual.timeout(),
            ByteSize.ofMebibytes(300),
            null);
    assertThat(growing.moreMemoryThan(memory)).hasToString("256Mi");
    assertThat(growing.moreMemoryThan(ByteSize.ofMebibytes(256))).hasToString("300Mi");
    assertThat(growing.moreMemoryThan(ByteSize.ofMebibytes(300))).hasToString("300Mi");
  }

  @Test
  void thePolicyCountsRetriesAfterTheFirstAttempt() {
    RetryPolicy policy = RetryPolicy.DEFAULT;
    assertThat(policy.allowsAnother(3, FailureCode.ENVIRONMENT)).isTrue();
    assertThat(policy.allowsAnother(4, FailureCode.ENVIRONMENT)).isFalse();
    assertThat(policy.allowsAnother(1, FailureCode.CODE_ERROR)).isFalse();
  }

  @Test
  void waitsForASignalAsLongAsInTheQueueUnlessItSaysOtherwise() {
    SortedMap<String, Signal> signals = new TreeMap<>();
    signals.put("note", new Signal("", null, false, null));
    signals.put("paid", new Signal("", null, true, null));
    signals.put("approved", new Signal("", null, true, Duration.ofDays(2)));
    TaskDefinition definition =
        new TaskDefinition(
            "t",
            "",
            null,
            null,
            new Work.Automated(
                TaskRuntime.BASH,
                new Code.Source("true"),
                SecurityContext.DEFAULT,
                ResourceRequirements.DEFAULT,
                Map.of()),
            RetryPolicy.DEFAULT,
            Timeouts.DEFAULT,
            null,
            List.of(),
            List.of(),
            null,
            null,
            signals,
            new DryRun.Noted());
    assertThat(definition.awaited())
        .isEqualTo(Map.of("approved", Duration.ofDays(2), "paid", Timeouts.DEFAULT.queue()));
  }
}
