package io.taskwright.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.ConcurrencyLimit.OnLimit;
import io.taskwright.model.definition.Expectation.ExpectedFailure;
import io.taskwright.model.definition.Expectation.ExpectedRoute;
import io.taskwright.model.definition.Expectation.ExpectedViolation;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Method;
import io.taskwright.model.execution.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class TestsAndLimitsTest {
  @Test
  void workThatIsClosedHasNoWayOutAndIsElseTheSame() {
    Work.Automated work =
        new Work.Automated(
            TaskRuntime.PYTHON,
            new Code.Source("x"),
            new SecurityContext(
                SecurityLevel.MEDIUM, List.of(Destination.parse("api.example:443").orElseThrow())),
            new ResourceRequirements(
                new Cpu(200),
                null,
                ByteSize.ofMebibytes(64),
                ByteSize.ofMebibytes(10),
                Duration.ofSeconds(7)),
            Map.of("A", "b"));

    Work.Automated closed = work.closed();

    assertThat(closed.security().egress()).isEmpty();
    assertThat(closed.secrets()).isEmpty();
    assertThat(closed.outputFiles().none()).isTrue();
    assertThat(closed.security().level()).isEqualTo(SecurityLevel.MEDIUM);
    assertThat(closed.environment()).isEqualTo(work.environment());
    assertThat(closed.resources()).isEqualTo(work.resources());
  }

  @Test
  void aTestKeepsWhatItExpectsAsItWas() {
    List<ExpectedViolation> violations = new ArrayList<>();
    violations.add(new ExpectedViolation("/n", "type"));
    Expectation expect =
        new Expectation(
            Status.FAILED,
            null,
            null,
            new ExpectedFailure(FailureCode.TIMEOUT, "slow"),
            violations,
            new ExpectedRoute(Method.CONTAINER, "default"));
    DefinitionTest test =
        new DefinitionTest(
            "a",
            JsonNodeFactory.instance.objectNode(),
            new DryRun.Fails(FailureCode.TIMEOUT, "slow"),
            expect);

    violations.clear();

    assertThat(test.expect().violations()).containsExactly(new ExpectedViolation("/n", "type"));
    assertThat(test.work()).isNotEqualTo(new DryRun.Noted()).isNotEqualTo(new DryRun.Closed());
  }

  @Test
  void whatALimitDoesHasOneWord() {
    for (OnLimit each : OnLimit.values()) {
      assertThat(OnLimit.of(each.word())).contains(each);
      assertThat(new ConcurrencyLimit(1, null, each).onLimit()).isEqualTo(each);
    }
    assertThat(OnLimit.words()).doesNotHaveDuplicates().contains("cancelOldest");
    assertThat(OnLimit.of("QUEUE")).isEmpty();
  }
}
