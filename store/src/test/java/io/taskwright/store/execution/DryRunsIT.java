package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.definition.ConcurrencyLimit.OnLimit;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Routing;
import io.taskwright.store.Ids;
import io.taskwright.store.catalogue.CheckedDefinitions;
import io.taskwright.store.execution.Commands.Order;
import io.taskwright.store.execution.Intake.Acceptance.Accepted;
import io.taskwright.store.execution.Intake.Acceptance.Refused;
import io.taskwright.store.execution.LimitLoads.Load;
import io.taskwright.store.execution.NewExecution.StartKey;
import io.taskwright.store.execution.StartLimits.Pace;
import io.taskwright.store.execution.StartLimits.Place;
import io.taskwright.store.limit.ProjectLimit;
import io.taskwright.store.limit.ProjectLimits;
import io.taskwright.store.retention.Keep;
import io.taskwright.store.retention.Purge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

class DryRunsIT extends StoredExecutions {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Autowired DryRuns dryRuns;
  @Autowired CheckedDefinitions checked;
  @Autowired History history;
  @Autowired ProjectLimits projects;
  @Autowired LimitLoads loads;
  @Autowired Purge purge;

  private ExecutionId dry(String pool, DryRun work) {
    NewExecution execution = execution(pool, 3, null);
    dryRuns.accept(execution, work);
    return execution.id();
  }

  private ExecutionId ended(String pool) {
    ExecutionId id = dry(pool, new DryRun.Closed());
    commands.cancel(new Order(MINE, id, ADA, ""));
    return id;
  }

  private void age(ExecutionId id, int hours) {
    jdbc.sql("update execution set ended_at = now() - make_interval(hours => ?) where id = ?")
        .params(hours, id.value())
        .update();
  }

  @Test
  void keepsWhatIsDoneInThePlaceOfTheWork() {
    for (DryRun work :
        List.of(
            new DryRun.Closed(),
            new DryRun.Noted(),
            new DryRun.Gives(JSON.readTree("{\"b\":1,\"a\":[1.50,null]}")),
            new DryRun.Fails(FailureCode.TIMEOUT, "slow"))) {
      ExecutionId id = dry("kept", work);
      assertThat(
              DryRunJson.text(Objects.requireNonNull(admissions.find(id).orElseThrow().dryRun())))
          .isEqualTo(DryRunJson.text(work));
    }
    assertThat(admissions.find(accepted("kept")).orElseThrow().dryRun()).isNull();
  }

  @Test
  void whatIsNotRunWaitsForNoExecutor() {
    assertThat(view(dry("nobody", new DryRun.Noted())).pool()).isEqualTo(Routing.IN_PROCESS_POOL);
    assertThat(view(dry("nobody", new DryRun.Closed())).pool()).isEqualTo("nobody");
  }

  @Test
  void isInNoListUnlessAskedFor() {
    ExecutionId real = accepted("listed");
    TaskId task = view(real).task();
    ExecutionId dry = dry("listed", new DryRun.Noted());
    jdbc.sql("update execution set task_id = ? where id = ?")
        .params(task.value(), dry.value())
        .update();

    var every = new Executions.Filter(task, null, Map.of(), null, null, "", null);
    var dryOnes = new Executions.Filter(task, null, Map.of(), null, null, "", null, true);

    assertThat(executions.page(MINE, every, 10))
        .extracting(ExecutionView::id)
        .containsExactly(real);
    assertThat(executions.page(MINE, dryOnes, 10))
        .extracting(ExecutionView::id)
        .containsExactly(dry);
  }

  @Test
  void itsLogIsShownToWhoAsksForItAlone() {
    ExecutionId dry = dry("logged", new DryRun.Noted());
    events.add(MINE, dry, line("of a dry run"));
    ExecutionId real = accepted("logged");
    events.add(MINE, real, line("of a dry run, not"));

    assertThat(messages(dry, "of a dry run")).hasSize(1);
    assertThat(
            events.log(
                MINE,
                new Events.LogFilter(null, null, List.of(), null, null, "of a dry run", null),
                10))
        .extracting(Events.LogLine::execution)
        .containsExactly(real);
  }

  @Test
  void countsInNoPrediction() {
    ExecutionId real = running("predicted");
    TaskId task = view(real).task();
    attempts.end(open(real, NEVER), 1, List.of(), new Attempts.End("1", null, null, "x"));
    assertThat(conclusions.complete(real)).isTrue();
    assertThat(history.used(MINE, task))
        .hasValueSatisfying(used -> assertThat(used.sample()).isOne());

    jdbc.sql("update execution set dry = '{\"does\":\"note\"}' where id = ?")
        .param(real.value())
        .update();

    assertThat(history.used(MINE, task)).isEmpty();
  }

  @Test
  void isForgottenAfterItsTimeAndNoSooner() {
    ExecutionId old = ended("old");
    ExecutionId young = ended("young");
    ExecutionId open = dry("open", new DryRun.Closed());
    ExecutionId real = accepted("real");
    commands.cancel(new Order(MINE, real, ADA, ""));
    age(old, 25);
    age(young, 23);
    age(real, 25);

    dryRuns.forget(Duration.ofDays(1), 100);

    assertThat(executions.find(MINE, old)).isEmpty();
    assertThat(events(old)).isZero();
    assertThat(events(young)).isPositive();
    for (ExecutionId kept : List.of(young, open, real)) {
      assertThat(executions.find(MINE, kept)).isPresent();
    }
  }

  private int events(ExecutionId id) {
    return jdbc.sql("select count(*) from event where execution_id = ?")
        .param(id.value())
        .query(Integer.class)
        .single();
  }

  @Test
  void aCheckedDefinitionStaysAsLongAsItsDryRuns() {
    TaskId used = checked.keep(MINE, "{\"name\":\"a\"}", "ada");
    TaskId unused = checked.keep(MINE, "{\"name\":\"b\"}", "ada");
    ExecutionId id = ended("checked");
    jdbc.sql("update execution set task_id = ? where id = ?")
        .params(used.value(), id.value())
        .update();
    jdbc.sql("update checked_definition set created_at = now() - interval '2 days'").update();

    dryRuns.forget(Duration.ofDays(1), 100);

    assertThat(checked.definition(used)).contains("{\"name\":\"a\"}");
    assertThat(checked.definition(unused)).isEmpty();
    age(id, 25);
    dryRuns.forget(Duration.ofDays(1), 100);
    assertThat(checked.definition(used)).isEmpty();
  }

  @Test
  void limitsNeitherHoldNorCountIt() {
    jdbc.sql("insert into project (name) values ('dry-limited')").update();
    Project project = new Project("dry-limited");
    StartLimits limits =
        new StartLimits(
            new Place(UUID.randomUUID(), "acme", 1, OnLimit.REJECT),
            new Pace(UUID.randomUUID(), null, 1, Duration.ofHours(1), true));
    limits(project);
    for (int i = 0; i < 3; i++) {
      dryRuns.accept(limited(project, limits), new DryRun.Closed());
    }
    limits(project); // those that have not ended are counted anew

    assertThat(projects.use(project).unended()).isZero();
    assertThat(dispatch.claim(Map.of(project.name(), 10), 0, Duration.ofSeconds(30))).hasSize(3);
    assertThat(projects.use(project).inFlight()).isZero();
    assertThat(loads.of(Objects.requireNonNull(limits.place()))).isEqualTo(new Load(0, 0));
    assertThat(loads.of(Objects.requireNonNull(limits.pace()))).isEqualTo(new Load(0, 0));
    assertThat(intake.accept(limited(project, limits))).isInstanceOf(Accepted.class);
    assertThat(intake.accept(limited(project, limits))).isInstanceOf(Refused.class);
    dryRuns.accept(limited(project, limits), new DryRun.Closed());
    assertThat(dispatch.claim(Map.of(project.name(), 10), 0, Duration.ofSeconds(30))).hasSize(1);
    // The real one comes with those of its project.
    assertThat(dispatch.claimWithinProjects(Map.of(project.name(), 10), 0, Duration.ofSeconds(30)))
        .hasSize(1);
  }

  private void limits(Project project) {
    OptionalInt one = OptionalInt.of(1);
    projects.set(project, new ProjectLimit(one, one, one), ADA);
  }

  private static NewExecution limited(Project project, StartLimits limits) {
    return new NewExecution(
        new ExecutionId(Ids.next()),
        project,
        new TaskId(Ids.next()),
        "t",
        1,
        project.name(),
        3,
        "{}",
        Map.of(),
        Origin.start(ADA),
        null,
        Duration.ofHours(1),
        null,
        false,
        List.of(),
        CacheUse.USE,
        limits,
        Map.of());
  }

  @Test
  void theRetentionOfItsProjectLeavesItAlone() {
    ExecutionId id = ended("purged");
    age(id, 25);
    jdbc.sql("insert into project (name) values ('dry-kept')").update();
    jdbc.sql("update execution set project = 'dry-kept' where id = ?").param(id.value()).update();

    boolean more =
        purge
            .begin(
                new Project("dry-kept"),
                new Keep(
                    Optional.of(Duration.ofHours(1)),
                    Optional.empty(),
                    Optional.empty(),
                    null,
                    null))
            .executions();

    assertThat(more).isFalse();
    assertThat(executions.find(new Project("dry-kept"), id)).isPresent();
  }

  @Test
  void hasNoKey() {
    NewExecution keyed = execution("keyed", 3, new StartKey("k", new byte[] {1}));
    assertThatThrownBy(() -> dryRuns.accept(keyed, new DryRun.Noted()))
        .hasMessageContaining("has no key");
  }
}
