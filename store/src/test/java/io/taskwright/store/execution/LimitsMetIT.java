package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.definition.ConcurrencyLimit.OnLimit;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Status;
import io.taskwright.store.Ids;
import io.taskwright.store.execution.Intake.Acceptance;
import io.taskwright.store.execution.NewExecution.StartKey;
import io.taskwright.store.execution.StartLimits.Pace;
import io.taskwright.store.execution.StartLimits.Place;
import io.taskwright.store.limit.ProjectLimit;
import io.taskwright.store.limit.ProjectLimits;
import io.taskwright.store.limit.Refusal.Cause;
import io.taskwright.store.retention.Keep;
import io.taskwright.store.retention.Purge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Limits, where executions come in numbers, are held, repaired and removed. */
class LimitsMetIT extends StoredExecutions {
  private static final Keep AT_ONCE =
      new Keep(Optional.of(Duration.ZERO), Optional.empty(), Optional.empty(), "ada", null);

  private static final TaskId TASK = new TaskId(Ids.next());

  @Autowired LimitQueues queues;
  @Autowired ProjectLimits projects;
  @Autowired Repairs repairs;
  @Autowired Purge purge;

  private static NewExecution start(
      Project project, @Nullable String key, @Nullable Place place, @Nullable Pace pace) {
    return new NewExecution(
        new ExecutionId(Ids.next()),
        project,
        TASK,
        "t",
        1,
        project.name(),
        3,
        "{}",
        Map.of(),
        Origin.start(ADA),
        null,
        Duration.ofHours(1),
        key == null ? null : new StartKey(key, new byte[] {1}),
        false,
        List.of(),
        CacheUse.USE,
        new StartLimits(place, pace),
        Map.of());
  }

  private static Place place(int most, OnLimit onLimit) {
    return new Place(UUID.randomUUID(), "acme", most, onLimit);
  }

  private Project project(String name, int quota) {
    jdbc.sql("insert into project (name) values (?)").param(name).update();
    Project project = new Project(name);
    quota(project, quota);
    return project;
  }

  private void quota(Project project, int quota) {
    projects.set(
        project,
        new ProjectLimit(OptionalInt.empty(), OptionalInt.of(quota), OptionalInt.empty()),
        ADA);
  }

  private ExecutionId accepted(NewExecution execution) {
    assertThat(intake.accept(execution)).isInstanceOf(Acceptance.Accepted.class);
    return execution.id();
  }

  private List<ExecutionId> claimed(Project project) {
    boolean more = true;
    while (more) {
      more = queues.pass(100);
    }
    return dispatch
        .claimWithinProjects(Map.of(project.name(), 100), 0, Duration.ofSeconds(30))
        .stream()
        .map(Dispatch.Claim::id)
        .toList();
  }

  private static Commands.Order order(Project project, ExecutionId id) {
    return new Commands.Order(project, id, ADA, "x");
  }

  private static void assertRefused(Acceptance acceptance, Cause cause) {
    assertThat(acceptance)
        .isInstanceOfSatisfying(
            Acceptance.Refused.class,
            refused -> assertThat(refused.refusal().cause()).isEqualTo(cause));
  }

  @Test
  void aLimitRefusesItemsOfABatchAndDoesNoHarmToTheOthers() {
    Project project = project("batch-limits", 4);
    Place acme = place(1, OnLimit.REJECT);
    Place slow = place(1, OnLimit.QUEUE);
    List<NewExecution> all =
        List.of(
            start(project, "a", acme, null),
            start(project, "b", acme, null),
            start(project, "c", slow, null),
            start(project, "a", acme, null),
            start(project, null, slow, null),
            start(project, "b", null, null));
    List<Acceptance> came = intake.acceptAll(all);
    assertThat(came.get(0)).isEqualTo(new Acceptance.Accepted(all.get(0).id()));
    assertRefused(came.get(1), Cause.CONCURRENCY);
    assertThat(came.get(2)).isEqualTo(new Acceptance.Accepted(all.get(2).id()));
    assertThat(came.get(3)).isEqualTo(new Acceptance.Repeated(all.get(0).id(), 1));
    assertThat(came.get(4)).isEqualTo(new Acceptance.Accepted(all.get(4).id()));
    // What came first with its key was refused, so nothing stands under it.
    assertThat(came.get(5)).isEqualTo(new Acceptance.Accepted(all.get(5).id()));
    assertThat(projects.use(project).unended()).isEqualTo(4);

    List<NewExecution> more =
        List.of(start(project, "d", null, null), start(project, "d", null, null));
    intake.acceptAll(more).forEach(acceptance -> assertRefused(acceptance, Cause.QUOTA));
    assertThat(executions.find(project, more.getFirst().id())).isEmpty();
    quota(project, 5);
    accepted(start(project, "d", null, null));
    assertThat(projects.use(project).unended()).isEqualTo(5);
  }

  @Test
  void batchesAndStartsAtTheSameLimitsDoNotHoldEachOtherUp() throws Exception {
    Project project = project("batch-order", 60);
    List<Place> places = IntStream.range(0, 10).mapToObj(i -> place(2, OnLimit.REJECT)).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<List<Acceptance>>> turns =
          IntStream.range(0, 32)
              .<Callable<List<Acceptance>>>mapToObj(turn ->
                  () ->
                      turn % 4 == 0
                          ? List.of(
                              intake.accept(start(project, "s" + turn % 8, places.get(3), null)))
                          : intake.acceptAll(
                              IntStream.range(0, 20)
                                  .map(i -> turn % 2 == 0 ? i : 19 - i)
                                  .mapToObj(i ->
                                      start(
                                          project,
                                          "s" + i,
                                          i % 2 == 0 ? places.get(i / 2) : null,
                                          null))
                                  .toList()))
              .toList();
      for (Future<List<Acceptance>> turn : threads.invokeAll(turns)) {
        assertThat(turn.get()).isNotEmpty();
      }
    }
    assertThat(
            jdbc.sql(
                    "select coalesce(max(n), 0) from (select count(*) as n from execution where"
                        + " project = ? and place is not null group by place) each")
                .param(project.name())
                .query(Integer.class)
                .single())
        .isBetween(1, 2);
    assertThat(
            jdbc.sql(
                    "select count(*) from start_key k where project = ? and not exists (select"
                        + " from execution e where e.id = k.execution_id)")
                .param(project.name())
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void whatIsHeldKeepsItsPlaceAndGetsNone() {
    Project project = project("held", 100);
    Place acme = place(1, OnLimit.QUEUE);
    ExecutionId first = accepted(start(project, null, acme, null));
    assertThat(claimed(project)).containsExactly(first);
    ExecutionId held = accepted(start(project, null, acme, null));
    ExecutionId last = accepted(start(project, null, acme, null));
    commands.pause(order(project, first));
    commands.pause(order(project, held));
    assertThat(claimed(project)).isEmpty();
    assertThat(projects.use(project).inFlight()).isEqualTo(1);

    commands.terminate(order(project, first));
    assertThat(claimed(project)).containsExactly(last);
    commands.resume(order(project, held));
    assertThat(claimed(project)).isEmpty();
    commands.terminate(order(project, last));
    assertThat(claimed(project)).containsExactly(held);
    jdbc.sql("update execution set status = 'WAITING' where id = ?").param(held.value()).update();
    accepted(start(project, null, acme, null));
    assertThat(claimed(project)).isEmpty();
    assertThat(projects.use(project).inFlight()).isEqualTo(1);
  }

  @Test
  void aRowThatWasDamagedToHaveEndedCountsAgainOnceItIsRepaired() {
    Project project = project("damaged", 100);
    ExecutionId id = accepted(start(project, null, place(1, OnLimit.QUEUE), null));
    assertThat(claimed(project)).containsExactly(id);
    jdbc.sql("update execution set status = 'COMPLETED', ended_at = now() where id = ?")
        .param(id.value())
        .update();
    assertThat(projects.use(project).unended()).isZero();
    repairs.repair(id);
    assertThat(executions.find(project, id).orElseThrow().execution().status())
        .isEqualTo(Status.PREPARING);
    assertThat(projects.use(project).unended()).isEqualTo(1);
    commands.terminate(order(project, id));
    assertThat(projects.use(project).unended()).isZero();
  }

  @Test
  void whatCountsForARateIsNotRemoved() {
    Project project = project("rated", 100);
    Pace pace = new Pace(UUID.randomUUID(), null, 1, Duration.ofHours(1), true);
    ExecutionId id = accepted(start(project, null, null, pace));
    assertThat(claimed(project)).containsExactly(id);
    commands.terminate(order(project, id));
    jdbc.sql("delete from outbox where execution_id = ?").param(id.value()).update();
    assertThat(purge.begin(project, AT_ONCE).executions()).isFalse();
    assertRefused(intake.accept(start(project, null, null, pace)), Cause.RATE);

    jdbc.sql("update execution set dispatched_at = now() - interval '1 hour' where id = ?")
        .param(id.value())
        .update();
    purge.begin(project, AT_ONCE).executions();
    assertThat(executions.find(project, id)).isEmpty();
  }

  @Test
  void whatOneProjectHasInFlightTakesNothingFromAnother() {
    Project first = project("first", 100);
    Project second = project("second", 100);
    for (Project project : List.of(first, second)) {
      projects.set(
          project,
          new ProjectLimit(OptionalInt.of(1), OptionalInt.empty(), OptionalInt.empty()),
          ADA);
    }
    ExecutionId ofFirst = accepted(start(first, null, null, null));
    ExecutionId ofSecond = accepted(start(second, null, null, null));
    ExecutionId another = accepted(start(first, null, null, null));

    assertThat(claimed(first)).containsExactly(ofFirst);
    assertThat(claimed(second)).containsExactly(ofSecond);
    assertThat(claimed(first)).isEmpty();
    commands.terminate(order(first, ofFirst));
    assertThat(claimed(first)).containsExactly(another);
  }
}
