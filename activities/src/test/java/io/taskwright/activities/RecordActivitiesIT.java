package io.taskwright.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.activities.check.CheckRound;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Method;
import io.taskwright.model.execution.Routing;
import io.taskwright.model.execution.Status;
import io.taskwright.sandbox.layer.Packages;
import io.taskwright.store.Ids;
import io.taskwright.store.catalogue.TaskVersion;
import io.taskwright.store.execution.Attempts.End;
import io.taskwright.store.execution.Commands.Order;
import io.taskwright.store.execution.ExecutionToken;
import io.taskwright.workflows.contract.Admission;
import io.taskwright.workflows.contract.Conclusion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordActivitiesIT extends StoredTasks {
  private static final String SQUARE =
      """
      {'name':'square',
       'inputSchema':{'type':'object','required':['n'],'properties':{'n':{'type':'integer'}}},
       'retryPolicy':{'maxRetries':2,'retryableErrors':['CODE_ERROR']},
       'automated':{'runtime':'%s','source':'.','executionConfig':
         {'resourceRequirements':{'timeoutSeconds':4}}}}
      """;

  private final List<Status> ended = new ArrayList<>();

  private RecordActivities record(InstantSource clock) {
    return record(Routing.DEFAULT, clock);
  }

  private RecordActivities record(Routing routing, InstantSource clock) {
    return new RecordActivities(
        admissions, known, conclusions, contracts(), routing, clock, ended::add);
  }

  private RecordActivities record() {
    return record(InstantSource.system());
  }

  private ExecutionId square(String runtime, String input) {
    return dispatched(task(SQUARE.formatted(runtime)), input);
  }

  @Test
  void admitsAndSaysWhereTheWorkGoes() {
    ExecutionId id = square("python", "{\"n\":3}");
    Admission.Admitted admitted = (Admission.Admitted) record().admit(id.toString());
    assertThat(admitted.method()).isEqualTo(Method.CONTAINER);
    assertThat(admitted.pool()).isEqualTo("default");
    assertThat(admitted.order().timeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(admitted.retry().maxRetries()).isEqualTo(2);
    assertThat(admitted.retry().retryableErrors()).containsExactly(FailureCode.CODE_ERROR);
    assertThat(Duration.between(admitted.startBy(), admitted.endBy()))
        .isEqualTo(Duration.ofHours(23)); // an hour in the queue, a day in all
    assertThat(ExecutionToken.parse(admitted.order().grant()).flatMap(admissions::granted))
        .isPresent();
    assertThat(ended).isEmpty();
  }

  @Test
  void givesANewGrantToWhoAsksAgain() {
    ExecutionId id = square("javascript", "{\"n\":3}");
    Admission.Admitted first = (Admission.Admitted) record().admit(id.toString());
    Admission.Admitted second = (Admission.Admitted) record().admit(id.toString());
    assertThat(second.method()).isEqualTo(Method.IN_PROCESS);
    assertThat(ExecutionToken.parse(first.order().grant()).flatMap(admissions::granted)).isEmpty();
    assertThat(ExecutionToken.parse(second.order().grant()).flatMap(admissions::granted))
        .isPresent();
  }

  @Test
  void rejectsAnInputThatBreaksItsSchema() {
    ExecutionId id = square("python", "{\"n\":\"three\"}");
    assertThat(record().admit(id.toString())).isInstanceOf(Admission.Ended.class);
    assertThat(ended).containsExactly(Status.REJECTED);
    assertThat(detail(id).execution().failure()).contains("INPUT_INVALID").contains("/n");
    assertThat(record().admit(id.toString())).isInstanceOf(Admission.Ended.class);
  }

  @Test
  void runsNothingOfWhatIsNotThere() {
    assertThat(record().admit(Ids.next().toString())).isInstanceOf(Admission.Ended.class);
    assertThatThrownBy(() -> record().admit("nonsense"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonsense");
  }

  @Test
  void runsNothingOfWhatIsToBeCancelled() {
    ExecutionId id = square("python", "{\"n\":3}");
    commands.cancel(new Order(MINE, id, ADA, "never mind"));
    assertThat(record().admit(id.toString())).isInstanceOf(Admission.Cancelled.class);
  }

  @Test
  void admitsNothingThatIsHeld() {
    ExecutionId id = square("python", "{\"n\":3}");
    commands.pause(new Order(MINE, id, ADA, "wait"));
    assertThat(record().admit(id.toString())).isInstanceOf(Admission.Held.class);
  }

  @Test
  void givesChecksAndPackagesTimeOfTheirOwn() {
    ExecutionId id =
        dispatched(
            task(
                """
                {'name':'long','checks':[{'artifact':'*.csv'},
                   {'http':{'url':'https://example.org/','within':'PT20S'}}],
                 'automated':{'runtime':'python','source':'.','outputFiles':['*.csv'],
                   'dependencies':['six==1.17.0'],
                   'executionConfig':{'resourceRequirements':{'timeoutSeconds':4}}}}
                """),
            "null");
    assertThat(record().admit(id.toString()))
        .isInstanceOfSatisfying(
            Admission.Admitted.class,
            admitted -> {
              assertThat(admitted.order().timeout())
                  .isEqualTo(Packages.LONGEST.plus(Duration.ofSeconds(4)));
              assertThat(admitted.checks())
                  .isEqualTo(CheckRound.LONGEST_QUESTION.multipliedBy(2).plusSeconds(20));
            });
  }

  @Test
  void givesTheKnownResultInsteadOfRunning() {
    TaskVersion task =
        task(
            """
            {'name':'known','cache':{'ttl':'PT1H'},
             'automated':{'runtime':'javascript','source':'.'}}
            """);
    ExecutionId first = dispatched(task, "{}");
    record().admit(first.toString());
    ExecutionToken token = ExecutionToken.fresh(first);
    attempts.open(token, RetryPolicy.DEFAULT, ResourceRequirements.DEFAULT, "w");
    attempts.end(attempts.find(token).orElseThrow(), 1, List.of(), new End("7", null, null, "x"));
    assertThat(record().conclude(Conclusion.worked(first.toString()))).isEqualTo("COMPLETED");
    ExecutionId second = dispatched(task, "{}");
    assertThat(record().admit(second.toString())).isInstanceOf(Admission.Ended.class);
    assertThat(ended).containsExactly(Status.COMPLETED, Status.COMPLETED);
    assertThat(detail(second).attempts()).isEmpty();
  }

  @Test
  void refusesModulesThatMayNotRunInsideAWorker() {
    ExecutionId id =
        dispatched(
            task(
                """
                {'name':'module','automated':{'runtime':'wasm','bundle':{'entry':'main.wasm',
                 'digest':'sha256:%s'}}}
                """
                    .formatted("0".repeat(64))),
            "null");
    Routing none =
        new Routing(false, false, Routing.DEFAULT.lightweight(), Routing.DEFAULT.simple());
    assertThat(record(none, InstantSource.system()).admit(id.toString()))
        .isInstanceOfSatisfying(
            Admission.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(FailureCode.ENVIRONMENT);
              assertThat(refused.message())
                  .contains("wasm runs inside workers only", "no code may");
            });
    assertThat(record().admit(id.toString()))
        .isInstanceOfSatisfying(
            Admission.Admitted.class,
            admitted -> assertThat(admitted.method()).isEqualTo(Method.IN_PROCESS));
  }

  @Test
  void refusesWorkForFunctionsThatNobodyProvides() {
    ExecutionId id = square("python", "{\"n\":3}");
    Routing functions =
        new Routing(true, true, Routing.DEFAULT.lightweight(), Routing.DEFAULT.simple());
    assertThat(record(functions, InstantSource.system()).admit(id.toString()))
        .isInstanceOfSatisfying(
            Admission.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(FailureCode.ENVIRONMENT);
              assertThat(refused.message()).contains("taskwright.routing.functions");
            });
  }

  @Test
  void refusesWhatWaitedTooLong() {
    ExecutionId id = square("python", "{\"n\":3}");
    InstantSource late = InstantSource.fixed(Instant.now().plus(Duration.ofHours(2)));
    assertThat(record(late).admit(id.toString()))
        .isInstanceOfSatisfying(
            Admission.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(FailureCode.TIMEOUT));
  }

  @Test
  void refusesWhatTodaysRulesCannotRead() {
    ExecutionId id = dispatched(task("{'name':'old','automated':{'runtime':'cobol'}}"), "1");
    assertThat(record().admit(id.toString()))
        .isInstanceOfSatisfying(
            Admission.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(FailureCode.INTERNAL);
              assertThat(refused.message()).contains("version 1");
            });
  }

  @Test
  void concludesOnceAndTellsOfIt() {
    TaskVersion task = task(SQUARE.formatted("python"));
    ExecutionId id = dispatched(task, "{\"n\":3}");
    record().admit(id.toString());
    Conclusion lost =
        Conclusion.failed(id.toString(), FailureCode.WORKER_LOST, "the worker went silent");
    assertThat(record().conclude(lost)).isEqualTo("FAILED");
    assertThat(ended).containsExactly(Status.FAILED);
    assertThat(detail(id).execution().failure()).contains("WORKER_LOST");
    assertThat(record().conclude(Conclusion.cancelled(id.toString()))).isEqualTo("FAILED");
  }

  @Test
  void concludesNothingThatIsNotThere() {
    assertThat(record().conclude(Conclusion.worked(Ids.next().toString()))).isEqualTo("ABSENT");
    assertThat(ended).isEmpty();
  }
}
