package io.taskwright.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.definition.Work;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Method;
import io.taskwright.model.execution.Routing;
import io.taskwright.model.execution.Status;
import io.taskwright.store.catalogue.TaskVersion;
import io.taskwright.store.execution.Admissions.Candidate;
import io.taskwright.store.execution.Attempts;
import io.taskwright.store.execution.ExecutionToken;
import io.taskwright.store.execution.ExecutionView;
import io.taskwright.workflows.contract.Admission;
import io.taskwright.workflows.contract.Conclusion;
import io.temporal.failure.ApplicationFailure;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What admission, recorder and conclusion make of dry runs. */
class DryRunIT extends StoredTasks {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String TASK =
      """
      {'name':'payer','outputSchema':{'type':'integer'},
       'automated':{'runtime':'python','source':'.','secrets':['BANK_KEY'],
         'outputFiles':['receipt.pdf'],
         'executionConfig':{'securityContext':{'egress':['bank.example:443']}}}}
      """;

  private final List<String> ended = new ArrayList<>();

  private RecordActivities record() {
    return new RecordActivities(
        admissions,
        known,
        conclusions,
        contracts(),
        Routing.DEFAULT,
        InstantSource.system(),
        status -> ended.add(status.name()));
  }

  private RecordedAttempt recorder() {
    return new RecordedAttempt(admissions, attempts, contracts(), "w1");
  }

  private ExecutionId dry(DryRun work) {
    return dispatched(task(TASK), "{}", work);
  }

  private JsonNode steps(ExecutionId id) {
    ExecutionView.Would would = Objects.requireNonNull(detail(id).execution().dryRun());
    return JSON.readTree(Objects.requireNonNull(would.steps()));
  }

  private void toItsEnd(ExecutionId id) {
    Admission.Recorded recorded = (Admission.Recorded) record().admit(id.toString());
    Conclusion conclusion;
    try {
      recorder().record(recorded.order());
      conclusion = Conclusion.worked(id.toString());
    } catch (ApplicationFailure e) {
      assertThat(e.isNonRetryable()).isTrue();
      conclusion = Conclusion.failed(id.toString(), FailureCode.valueOf(e.getType()), "");
    }
    record().conclude(conclusion);
  }

  @Test
  void workThatIsNotedSaysWhatItWouldTouch() {
    ExecutionId id = dry(new DryRun.Noted());

    toItsEnd(id);

    assertThat(detail(id).execution().status()).isEqualTo(Status.COMPLETED);
    assertThat(detail(id).execution().output()).isEqualTo("null");
    assertThat(ended).containsExactly("COMPLETED");
    assertThat(detail(id).attempts())
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.environment()).isEqualTo("recorder"));
    JsonNode work = steps(id).get(0);
    assertThat(work.path("instead").asString()).isEqualTo("noted");
    assertThat(work.path("method").asString()).isEqualTo("CONTAINER");
    assertThat(work.at("/egress/0").asString()).isEqualTo("bank.example:443");
    assertThat(work.at("/secrets/0").asString()).isEqualTo("BANK_KEY");
    assertThat(work.at("/artifacts/0").asString()).isEqualTo("receipt.pdf");
    assertThat(work.at("/retries/most").asInt()).isEqualTo(3);
  }

  @Test
  void aMockGivesTheOutputOrBreaksTheContract() {
    ExecutionId right = dry(new DryRun.Gives(JSON.readTree("7")));
    ExecutionId wrong = dry(new DryRun.Gives(JSON.readTree("\"x\"")));

    toItsEnd(right);
    toItsEnd(wrong);

    assertThat(detail(right).execution().output()).isEqualTo("7");
    assertThat(detail(wrong).execution().status()).isEqualTo(Status.FAILED);
    assertThat(detail(wrong).execution().failure()).contains("OUTPUT_INVALID");
  }

  @Test
  void aMockThatFailsEndsItWithItsOwnWordsAtOnce() {
    ExecutionId id = dry(new DryRun.Fails(FailureCode.ENVIRONMENT, "the bank is closed"));

    toItsEnd(id);

    JsonNode failure = JSON.readTree(Objects.requireNonNull(detail(id).execution().failure()));
    assertThat(failure.path("code").asString()).isEqualTo("ENVIRONMENT");
    assertThat(failure.path("message").asString()).isEqualTo("the bank is closed");
    assertThat(detail(id).attempts()).hasSize(1);
    assertThat(ended).containsExactly("FAILED");
  }

  @Test
  void codeThatRunsHasNoWayOutAndNoSecrets() {
    ExecutionId id = dry(new DryRun.Closed());

    Admission.Admitted admitted = (Admission.Admitted) record().admit(id.toString());

    assertThat(admitted.method()).isEqualTo(Method.CONTAINER);
    Candidate granted =
        ExecutionToken.parse(admitted.order().grant()).flatMap(admissions::granted).orElseThrow();
    Work.Automated work =
        switch (contracts()
            .find(granted.task(), granted.taskVersion())
            .orElseThrow()
            .definition()
            .work()) {
          case Work.Automated automated -> automated;
        };
    assertThat(work.secrets()).isNotEmpty();
    assertThat(granted.own(work).secrets()).isEmpty();
    assertThat(granted.own(work).security().egress()).isEmpty();
    assertThat(granted.own(work).outputFiles().none()).isTrue();
    assertThat(granted.own(work).runtime()).isEqualTo(work.runtime());
    assertThat(steps(id).get(0).path("instead").asString()).isEqualTo("closed");
  }

  @Test
  void limitsAreNamedWithTheKeyAndNotKept() {
    TaskVersion task =
        task(
            "{'name':'n','concurrency':{'limit':1,'key':'input.of','onLimit':'reject'},"
                + "'rate':{'limit':2,'per':'PT1M'},'cache':{'ttl':'PT1H'},"
                + "'automated':{'runtime':'javascript','source':'.'}}");
    ExecutionId id = dispatched(task, "{\"of\":\"acme\"}", new DryRun.Noted());

    toItsEnd(id);

    assertThat(steps(id).get(0))
        .isEqualTo(
            JSON.readTree(
                """
                {"step": "limits", "instead": "noted",
                 "concurrency": {"limit": 1, "key": "acme", "onLimit": "reject"},
                 "rate": {"limit": 2, "per": "PT1M", "key": null, "onLimit": "queue"}}
                """));
    assertThat(steps(id).get(1).path("step").asString()).isEqualTo("work");
  }

  @Test
  void checksAreNamedAndNotMade() {
    TaskVersion task =
        task(
            "{'name':'n','checks':[{'http':{'url':'https://bank.example/paid'}},"
                + "{'artifact':'*.pdf'}],"
                + "'automated':{'runtime':'python','source':'.','outputFiles':['*.pdf']}}");
    ExecutionId noted = dispatched(task, "{}", new DryRun.Noted());
    ExecutionId closed = dispatched(task, "{}", new DryRun.Closed());

    toItsEnd(noted);
    Admission.Admitted admitted = (Admission.Admitted) record().admit(closed.toString());

    assertThat(detail(noted).execution().status()).isEqualTo(Status.COMPLETED);
    assertThat(admitted.checks()).isNull();
    assertThat(steps(noted).get(1))
        .isEqualTo(
            JSON.readTree(
                """
                {"step": "checks", "instead": "noted",
                 "asks": ["GET https://bank.example/paid", "artifact *.pdf"]}
                """));
    assertThat(steps(closed).get(1)).isEqualTo(steps(noted).get(1));
    Admission real = record().admit(dispatched(task, "{}").toString());
    assertThat(((Admission.Admitted) real).checks()).isNotNull();
  }

  @Test
  void signalsAndTasksThatCheckAreNamedAndNotWaitedFor() {
    TaskVersion by = task("{'name':'ledger','automated':{'runtime':'javascript','source':'.'}}");
    ExecutionId id =
        dispatched(
            task(
                "{'name':'n','signals':{'paid':{'awaited':true},'note':{}},"
                    + "'checks':[{'task':{'name':'"
                    + by.name()
                    + "'}}],'automated':{'runtime':'python','source':'.'}}"),
            "{}",
            new DryRun.Noted());

    toItsEnd(id);

    assertThat(detail(id).execution().status()).isEqualTo(Status.COMPLETED);
    assertThat(steps(id).get(0))
        .isEqualTo(
            JSON.readTree(
                "{\"step\": \"signals\", \"instead\": \"noted\", \"awaited\": [\"paid\"]}"));
    assertThat(steps(id).get(2).at("/asks/0").asString()).isEqualTo("task " + by.name());
  }

  @Test
  void rulesHoldForMocksAndNotForWhatIsOnlyNoted() {
    TaskVersion task =
        task(
            "{'name':'n','rules':["
                + "{'on':'input','when':'input.n > 9','then':'block','message':'many'},"
                + "{'on':'output','when':'output != 1','then':'block','message':'not one'}],"
                + "'automated':{'runtime':'python','source':'.'}}");
    ExecutionId noted = dispatched(task, "{\"n\":1}", new DryRun.Noted());
    ExecutionId mocked = dispatched(task, "{\"n\":1}", new DryRun.Gives(JSON.readTree("2")));
    ExecutionId many = dispatched(task, "{\"n\":10}", new DryRun.Noted());

    toItsEnd(noted);
    toItsEnd(mocked);
    record().admit(many.toString());

    assertThat(detail(noted).execution().status()).isEqualTo(Status.COMPLETED);
    assertThat(detail(mocked).execution().failure()).contains("OUTPUT_INVALID", "not one");
    assertThat(detail(many).execution().status()).isEqualTo(Status.REJECTED);
    assertThat(ended).containsExactly("COMPLETED", "FAILED", "REJECTED");
  }

  @Test
  void aKnownResultIsGivenAndNoneIsKept() {
    TaskVersion task =
        task(
            "{'name':'n','cache':{'ttl':'PT1H'},'automated':{'runtime':'javascript','source':'.'}}");
    ExecutionId dry = dispatched(task, "{}", new DryRun.Gives(JSON.readTree("1")));
    toItsEnd(dry);
    assertThat(steps(dry).get(1).path("step").asString()).isEqualTo("keep-result");

    ExecutionId real = dispatched(task, "{}");
    Admission.Admitted admitted = (Admission.Admitted) record().admit(real.toString());
    ExecutionToken token = ExecutionToken.fresh(real);
    attempts.open(token, RetryPolicy.DEFAULT, ResourceRequirements.DEFAULT, "w1");
    attempts.end(
        attempts.find(token).orElseThrow(), 1, List.of(), new Attempts.End("42", null, null, "x"));
    record().conclude(Conclusion.worked(real.toString()));
    assertThat(admitted.method()).isEqualTo(Method.IN_PROCESS);

    ExecutionId again = dispatched(task, "{}", new DryRun.Noted());
    assertThat(record().admit(again.toString())).isInstanceOf(Admission.Ended.class);
    assertThat(detail(again).execution().output()).isEqualTo("42");
    assertThat(steps(again).get(0).path("step").asString()).isEqualTo("known-result");
    assertThat(ended).containsExactly("COMPLETED", "COMPLETED", "COMPLETED");
  }

  @Test
  void aGrantThatIsOverRecordsNothing() {
    ExecutionId id = dry(new DryRun.Noted());
    Admission.Recorded recorded = (Admission.Recorded) record().admit(id.toString());
    record().admit(id.toString()); // after a crash: the grant is replaced

    recorder().record(recorded.order());

    assertThat(detail(id).attempts()).isEmpty();
  }

  @Test
  void recordingTwiceGivesTheSameOutput() {
    ExecutionId id = dry(new DryRun.Gives(JSON.readTree("7")));
    Admission.Recorded recorded = (Admission.Recorded) record().admit(id.toString());

    recorder().record(recorded.order());
    recorder().record(recorded.order());

    assertThat(detail(id).attempts()).hasSize(1);
    ExecutionId failing = dry(new DryRun.Fails(FailureCode.TIMEOUT, "slow"));
    Admission.Recorded second = (Admission.Recorded) record().admit(failing.toString());
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> recorder().record(second.order()))
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              failure -> assertThat(failure.getType()).isEqualTo("TIMEOUT"));
    }
  }
}
