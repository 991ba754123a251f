package io.taskwright.model.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ByteSize;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.definition.Code;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.SecurityContext;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.definition.Work;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.secret.SecretValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ProtocolTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ExecutionId ID = new ExecutionId(UUID.randomUUID());
  private static final AssignedSecrets SECRETS =
      AssignedSecrets.of(Map.of("TOKEN", new SecretValue("s3cr3t")));

  private static Work.Automated work(Code code, @Nullable Cpu limit) {
    return new Work.Automated(
        TaskRuntime.PYTHON,
        code,
        new SecurityContext(
            SecurityLevel.MEDIUM, List.of(Destination.parse("api.example.org:443").orElseThrow())),
        new ResourceRequirements(
            new Cpu(200),
            limit,
            ByteSize.ofMebibytes(64),
            ByteSize.ofMebibytes(10),
            Duration.ofSeconds(7),
            ByteSize.ofMebibytes(128),
            Duration.ofSeconds(3)),
        Map.of("A", "b"));
  }

  @Test
  void anAssignmentHoldsAllThatTheAttemptNeeds() {
    Assignment assignment =
        Assignment.of(
            ID,
            2,
            "token",
            work(new Code.Source("print()"), new Cpu(500)),
            ByteSize.ofMebibytes(128),
            "{}",
            SECRETS,
            List.of());
    assertThat(assignment.entry()).isEqualTo("main.py");
    assertThat(assignment.source()).isEqualTo("print()");
    assertThat(assignment.bundle()).isNull();
    assertThat(assignment.environment())
        .isEqualTo(
            Map.of("A", "b", "TASK_ID", ID.toString(), "TASK_ATTEMPT", "2", "WORKFLOW_ID", ""));
    assertThat(assignment.cpuMillicores()).isEqualTo(200);
    assertThat(assignment.cpuLimitMillicores()).isEqualTo(500);
    assertThat(assignment.memory()).isEqualTo(128 << 20);
    assertThat(assignment.disk()).isEqualTo(10 << 20);
    assertThat(assignment.timeoutMillis()).isEqualTo(7000);
    assertThat(assignment.cpuTimeMillis()).isEqualTo(3000);
    assertThat(assignment.egress()).containsExactly("api.example.org:443");
    assertThat(assignment.signals()).isNull();
    assertThat(assignment.told("[]").signals()).isEqualTo("[]");
    assertThat(assignment.told("[]").dependencies()).isEqualTo(assignment.dependencies());
  }

  @Test
  void aBundleIsNamedByItsDigest() {
    Assignment assignment =
        Assignment.of(
            ID,
            1,
            "token",
            work(new Code.Bundle("sha256:x", "src/run.py"), null),
            ByteSize.ofMebibytes(64),
            "{}",
            SECRETS,
            List.of());
    assertThat(assignment.entry()).isEqualTo("src/run.py");
    assertThat(assignment.source()).isNull();
    assertThat(assignment.bundle()).isEqualTo("sha256:x");
    assertThat(assignment.cpuLimitMillicores()).isNull();
  }

  @Test
  void messagesComeBackAsTheyWereSent() {
    Assignment assignment =
        Assignment.of(
            ID,
            1,
            "t",
            work(new Code.Source("x"), null),
            ByteSize.ofMebibytes(64),
            "[1]",
            SECRETS,
            List.of());
    AttemptAnswer answer = new AttemptAnswer(AttemptAnswer.State.OPENED, null, assignment);
    assertThat(JSON.readValue(JSON.writeValueAsString(answer), AttemptAnswer.class))
        .isEqualTo(answer);
    String older =
        JSON.writeValueAsString(answer)
            .replaceFirst(",\"egress\":\\[.*\"dependencies\":\\[\\]", "");
    Assignment read = JSON.readValue(older, AttemptAnswer.class).assignment();
    assertThat(older).doesNotContain("egress", "secrets", "cpuTime", "files", "dependencies");
    assertThat(read).isNotNull();
    assertThat(read.egress()).isEmpty();
    assertThat(read.secrets()).isEqualTo(AssignedSecrets.NONE);
    assertThat(read.cpuTimeMillis()).isNull();
    assertThat(read.files()).isEqualTo(AttemptFiles.NONE);
    assertThat(read.dependencies()).isEmpty();
    Instant now = Instant.parse("2026-01-01T00:00:00.123456Z");
    AttemptEnd end =
        new AttemptEnd(
            3,
            List.of(Said.line(now, "INFO", "stdout", "hi"), Said.progress(now, 0.5, "half")),
            null,
            new Failure(FailureCode.CODE_ERROR, "boom", JSON.readTree("{\"exitCode\":1}")),
            "bubblewrap/x",
            10,
            5,
            1024);
    assertThat(JSON.readValue(JSON.writeValueAsString(end), AttemptEnd.class)).isEqualTo(end);
    ProgressReport report = new ProgressReport(1, end.said());
    assertThat(JSON.readValue(JSON.writeValueAsString(report), ProgressReport.class))
        .isEqualTo(report);
    AttemptVerdict verdict = new AttemptVerdict(true, FailureCode.OUTPUT_INVALID);
    assertThat(JSON.readValue(JSON.writeValueAsString(verdict), AttemptVerdict.class))
        .isEqualTo(verdict);
    OpenAttempt opening = new OpenAttempt("grant", "nonce", "w1");
    assertThat(JSON.readValue(JSON.writeValueAsString(opening), OpenAttempt.class))
        .isEqualTo(opening);
  }

  @Test
  void secretsDoNotShowThemselves() {
    Assignment assignment =
        Assignment.of(
            ID,
            1,
            "t",
            work(new Code.Source("x"), null),
            ByteSize.ofMebibytes(64),
            "[1]",
            SECRETS,
            List.of());
    AttemptAnswer answer = new AttemptAnswer(AttemptAnswer.State.OPENED, null, assignment);
    assertThat(answer.toString()).contains("TOKEN=***").doesNotContain("s3cr3t");
  }

  @Test
  void whoAsksForAnAttemptSaysAllOfIt() {
    for (String half :
        List.of(
            "{'nonce':'n','worker':'w'}",
            "{'grant':'g','worker':'w'}",
            "{'grant':'g','nonce':'n'}")) {
      assertThatThrownBy(() -> JSON.readValue(half.replace('\'', '"'), OpenAttempt.class))
          .as(half)
          .hasRootCauseInstanceOf(NullPointerException.class);
    }
  }
}
