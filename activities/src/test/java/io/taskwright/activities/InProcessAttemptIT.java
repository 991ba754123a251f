package io.taskwright.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ByteSize;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Routing;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.javascript.JavascriptSandbox;
import io.taskwright.store.blob.Bundles;
import io.taskwright.store.execution.Commands.Order;
import io.taskwright.store.execution.Events;
import io.taskwright.store.execution.ExecutionView.AttemptView;
import io.taskwright.workflows.contract.Admission;
import io.taskwright.workflows.contract.AttemptOrder;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class InProcessAttemptIT extends StoredTasks {
  private static final String DOUBLE = "function main(input) { return input.n * 2 }";

  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired Events events;
  @TempDir Path blobs;
  private final Sandbox sandbox = new JavascriptSandbox(ByteSize.ofMebibytes(256));

  @AfterEach
  void close() {
    sandbox.close();
  }

  private InProcessAttempt attempts() {
    return new InProcessAttempt(
        admissions,
        attempts,
        contracts(),
        new Bundles(jdbc, transaction, blobs),
        _ -> sandbox,
        "w1",
        InstantSource.system());
  }

  private ExecutionId execution(String code) {
    return dispatched(
        task(
            """
            {'name':'small','outputSchema':{'type':'integer'},'retryPolicy':{'maxRetries':0},
             'automated':{'runtime':'javascript',%s,
               'executionConfig':{'resourceRequirements':{'timeoutSeconds':4}}}}
            """
                .formatted(code)),
        "{\"n\":21}");
  }

  private ExecutionId source(String text) {
    return execution("'source':'" + text + "'");
  }

  private AttemptOrder admitted(ExecutionId id) {
    return ((Admission.Admitted)
            new RecordActivities(
                    admissions,
                    known,
                    conclusions,
                    contracts(),
                    Routing.DEFAULT,
                    InstantSource.system(),
                    status -> {})
                .admit(id.toString()))
        .order();
  }

  private AttemptView attempt(ExecutionId id) {
    return detail(id).attempts().getLast();
  }

  private void assertFails(AttemptOrder order, FailureCode code) {
    assertThatThrownBy(() -> attempts().attempt(order))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo(code.name()));
  }

  @Test
  void keepsTheOutputAndTheLog() {
    ExecutionId id =
        source("function main(input) { console.log(`n is ${input.n}`); return input.n * 2 }");
    attempts().attempt(admitted(id));
    assertThat(events.after(id, 0, 100)).extracting(Events.Event::message).contains("n is 21");
    assertThat(
            jdbc.sql("select output::text from attempt where execution_id = ?")
                .param(id.value())
                .query(String.class)
                .single())
        .isEqualTo("42");
    assertThat(attempt(id).failure()).isNull();
  }

  @Test
  void runsABundle() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("double.js"));
      zip.write(DOUBLE.getBytes(StandardCharsets.UTF_8));
    }
    String digest = new Bundles(jdbc, transaction, blobs).put(MINE, bytes.toByteArray(), "ada");
    ExecutionId id = execution("'bundle':{'digest':'%s','entry':'double.js'}".formatted(digest));
    attempts().attempt(admitted(id));
    assertThat(attempt(id).failure()).isNull();
  }

  @Test
  void aBundleThatIsGoneIsTheEnvironmentsFault() {
    ExecutionId id =
        execution("'bundle':{'digest':'sha256:%s','entry':'a.js'}".formatted("0".repeat(64)));
    assertFails(admitted(id), FailureCode.ENVIRONMENT);
    assertThat(attempt(id).failure()).contains("the bundle is not there");
  }

  @Test
  void failsWithTheCodesFailure() {
    ExecutionId id = source("function main() { throw new Error(`boom`) }");
    assertFails(admitted(id), FailureCode.CODE_ERROR);
    assertThat(attempt(id).failure()).contains("boom");
  }

  @Test
  void anOutputThatBreaksItsSchemaIsAFailure() {
    ExecutionId id = source("function main() { return `many` }");
    assertFails(admitted(id), FailureCode.OUTPUT_INVALID);
    assertThat(attempt(id).failure()).contains("outputSchema");
  }

  @Test
  void doesItsWorkOnce() {
    ExecutionId id = source(DOUBLE);
    AttemptOrder order = admitted(id);
    attempts().attempt(order);
    attempts().attempt(order);
    assertThat(detail(id).attempts()).hasSize(1);
  }

  @Test
  void triesNoMoreThanThePolicyAllows() {
    ExecutionId id = source("function main() { throw new Error() }");
    AttemptOrder order = admitted(id);
    assertFails(order, FailureCode.CODE_ERROR);
    assertThatThrownBy(() -> attempts().attempt(order))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, failure -> assertThat(failure.isNonRetryable()).isTrue());
    assertThat(detail(id).attempts()).hasSize(1);
  }

  @Test
  void runsNothingThatIsToBeCancelled() {
    ExecutionId id = source(DOUBLE);
    AttemptOrder order = admitted(id);
    commands.cancel(new Order(MINE, id, ADA, "never mind"));
    attempts().attempt(order);
    assertThat(detail(id).attempts()).isEmpty();
  }

  @Test
  void runsNothingForAGrantThatWasReplaced() {
    ExecutionId id = source(DOUBLE);
    AttemptOrder first = admitted(id);
    admitted(id);
    attempts().attempt(first);
    attempts().attempt(new AttemptOrder("nonsense", Duration.ofSeconds(1)));
    assertThat(detail(id).attempts()).isEmpty();
  }
}
