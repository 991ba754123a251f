package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.definition.ConcurrencyLimit.OnLimit;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Status;
import io.taskwright.store.Ids;
import io.taskwright.store.execution.Intake.Acceptance;
import io.taskwright.store.execution.StartLimits.Pace;
import io.taskwright.store.execution.StartLimits.Place;
import io.taskwright.store.limit.ProjectLimit;
import io.taskwright.store.limit.ProjectLimits;
import io.taskwright.store.limit.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class LimitsIT extends StoredExecutions {
  private static final Duration LEASE = Duration.ofSeconds(30);

  @Autowired LimitQueues queues;
  @Autowired ProjectLimits projects;

  private static Place place(int most, OnLimit onLimit) {
    return new Place(UUID.randomUUID(), "acme", most, onLimit);
  }

  private static Pace pace(int most, Duration per, boolean refuses) {
    return new Pace(UUID.randomUUID(), "acme", most, per, refuses);
  }

  private static NewExecution start(
      Project project,
      String pool,
      int priority,
      @Nullable Instant dueAt,
      @Nullable Place place,
      @Nullable Pace pace) {
    return new NewExecution(
        new ExecutionId(Ids.next()),
        project,
        new TaskId(Ids.next()),
        "t",
        1,
        pool,
        priority,
        "{}",
        Map.of(),
        Origin.start(ADA),
        dueAt,
        Duration.ofHours(1),
        null,
        false,
        List.of(),
        CacheUse.USE,
        new StartLimits(place, pace),
        Map.of());
  }

  private ExecutionId accepted(String pool, @Nullable Place place, @Nullable Pace pace) {
    NewExecution execution = start(MINE, pool, 3, null, place, pace);
    assertThat(intake.accept(execution)).isInstanceOf(Acceptance.Accepted.class);
    return execution.id();
  }

  private Refusal refused(NewExecution execution) {
    Acceptance acceptance = intake.accept(execution);
    assertThat(acceptance).isInstanceOf(Acceptance.Refused.class);
    assertThat(executions.find(execution.project(), execution.id())).isEmpty();
    return ((Acceptance.Refused) acceptance).refusal();
  }

  private List<ExecutionId> claimed(String pool) {
    boolean more = true;
    while (more) {
      more = queues.pass(100);
    }
    return claim(pool, 100);
  }

  private void end(ExecutionId id) {
    jdbc.sql("update execution set status = 'COMPLETED', ended_at = now() where id = ?")
        .param(id.value())
        .update();
  }

  private Status status(ExecutionId id) {
    return view(id).status();
  }

  @Test
  void letsAsManyOfAKeyBeUnderWayAsItsLimitSaysAndTheNextOnceOneEnds() {
    Place acme = place(2, OnLimit.QUEUE);
    Place other = place(2, OnLimit.QUEUE);
    ExecutionId first = accepted("l1", acme, null);
    ExecutionId second = accepted("l1", acme, null);
    ExecutionId third = accepted("l1", acme, null);
    ExecutionId fourth = accepted("l1", acme, null);
    ExecutionId others = accepted("l1", other, null);
    assertThat(claimed("l1")).containsExactlyInAnyOrder(first, second, others);
    assertThat(claimed("l1")).isEmpty();
    end(second);
    assertThat(claimed("l1")).containsExactly(third);
    commands.cancel(new Commands.Order(MINE, fourth, ADA, "not needed"));
    end(first);
    end(third);
    assertThat(claimed("l1")).isEmpty();
    assertThat(jdbc.sql("select count(*) from limit_check").query(Long.class).single()).isZero();
  }

  @Test
  void freesAPlaceHoweverAnExecutionEnds() {
    Place acme = place(1, OnLimit.QUEUE);
    ExecutionId cancelled = accepted("l2", acme, null);
    queues.pass(100);
    ExecutionId late = accepted("l2", acme, null);
    ExecutionId rejected = accepted("l2", acme, null);
    ExecutionId last = accepted("l2", acme, null);
    commands.cancel(new Commands.Order(MINE, cancelled, ADA, "before it was dispatched"));
    queues.pass(100);
    jdbc.sql("update execution set start_by = now() where id = ?").param(late.value()).update();
    dispatch.expire(10);
    assertThat(claimed("l2")).containsExactly(rejected);
    admissions.reject(rejected, Failure.of(FailureCode.INPUT_INVALID, "bad"));
    assertThat(claimed("l2")).containsExactly(last);
  }

  @Test
  void takesTheMoreUrgentOfAKeyFirst() {
    Place acme = place(1, OnLimit.QUEUE);
    ExecutionId first = accepted("l3", acme, null);
    assertThat(claimed("l3")).containsExactly(first);
    ExecutionId usual = accepted("l3", acme, null);
    NewExecution urgent = start(MINE, "l3", 1, null, acme, null);
    intake.accept(urgent);
    end(first);
    assertThat(claimed("l3")).containsExactly(urgent.id());
    end(urgent.id());
    assertThat(claimed("l3")).containsExactly(usual);
  }

  @Test
  void hasKeysTakeTurnsForThePoolWhoeverCameFirstWithManyOfThem() {
    Place many = place(50, OnLimit.QUEUE);
    Place few = place(50, OnLimit.QUEUE);
    for (int i = 0; i < 20; i++) {
      accepted("l4", many, null);
    }
    queues.pass(100);
    ExecutionId one = accepted("l4", few, null);
    ExecutionId two = accepted("l4", few, null);
    queues.pass(100);
    assertThat(claim("l4", 2)).doesNotContain(two);
    assertThat(claim("l4", 5)).contains(two);
    assertThat(status(one)).isEqualTo(Status.PREPARING);
  }

  @Test
  void neverExceedsALimitWhenManyLetThroughAtOnce() throws Exception {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      places.add(place(3, OnLimit.QUEUE));
    }
    for (int i = 0; i < 100; i++) {
      accepted("l5", places.get(i % 5), null);
    }
    try (ExecutorService dispatchers = Executors.newFixedThreadPool(4)) {
      List<Future<Boolean>> turns = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        turns.add(dispatchers.submit(() -> queues.pass(7)));
      }
      for (Future<Boolean> turn : turns) {
        turn.get();
      }
    }
    for (Place each : places) {
      assertThat(
              jdbc.sql("select count(*) from execution where place = ? and placed")
                  .param(each.id())
                  .query(Long.class)
                  .single())
          .isEqualTo(3);
    }
  }

  @Test
  void refusesAStartThatWouldHaveToWait() {
    Place acme = place(1, OnLimit.REJECT);
    ExecutionId first = accepted("l6", acme, null);
    Refusal refusal = refused(start(MINE, "l6", 3, null, acme, null));
    assertThat(refusal.cause()).isEqualTo(Refusal.Cause.CONCURRENCY);
    assertThat(refusal.detail()).contains("'acme'", "1 may be");
    assertThat(claimed("l6")).containsExactly(first);
    end(first);
    accepted("l6", acme, null);
  }

  @Test
  void cancelsTheNewestOnRecord() {
    Place acme = place(1, OnLimit.CANCEL_NEWEST);
    ExecutionId first = accepted("l7", acme, null);
    assertThat(claimed("l7")).containsExactly(first);
    ExecutionId second = accepted("l7", acme, null);
    assertThat(claimed("l7")).isEmpty();
    assertThat(status(second)).isEqualTo(Status.CANCELLED);
    assertThat(view(second).cancel()).contains("concurrency limit", "'acme'", "at most 1");
  }

  @Test
  void cancelsTheOldestThatWaitsElseTheOldestThatRuns() {
    Place acme = place(2, OnLimit.CANCEL_OLDEST);
    ExecutionId first = accepted("l8", acme, null);
    ExecutionId second = accepted("l8", acme, null);
    assertThat(claimed("l8")).hasSize(2);
    ExecutionId third = accepted("l8", acme, null);
    assertThat(claimed("l8")).isEmpty();
    assertThat(view(first).cancel()).contains(third.toString());
    assertThat(view(second).cancel()).isNull();
    ExecutionId fourth = accepted("l8", acme, null);
    assertThat(claimed("l8")).isEmpty();
    assertThat(status(third)).isEqualTo(Status.CANCELLED);
    assertThat(view(second).cancel()).isNull();
    end(first);
    assertThat(claimed("l8")).containsExactly(fourth);
  }

  @Test
  void letsAsManyBeginInAWindowAsTheRateSays() {
    Pace pace = pace(2, Duration.ofSeconds(60), false);
    accepted("l9", null, pace);
    accepted("l9", null, pace);
    ExecutionId third = accepted("l9", null, pace);
    List<ExecutionId> begun = claimed("l9");
    assertThat(begun).hasSize(2).doesNotContain(third);
    jdbc.sql("update limit_check set due_at = now()").update();
    assertThat(claimed("l9")).isEmpty();
    assertThat(queues.next(Duration.ofHours(1)))
        .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(60));
    end(begun.getFirst());
    assertThat(claimed("l9")).isEmpty();
    jdbc.sql(
            "update execution set dispatched_at = dispatched_at - interval '1 minute' where id = ?")
        .param(begun.getLast().value())
        .update();
    jdbc.sql("update limit_check set due_at = now()").update();
    assertThat(claimed("l9")).containsExactly(third);
  }

  @Test
  void refusesAStartThatComesTooEarly() {
    Pace pace = pace(1, Duration.ofSeconds(60), true);
    ExecutionId first = accepted("l10", null, pace);
    assertThat(refused(start(MINE, "l10", 3, null, null, pace)).cause())
        .isEqualTo(Refusal.Cause.RATE);
    assertThat(claimed("l10")).containsExactly(first);
    assertThat(refused(start(MINE, "l10", 3, null, null, pace)).retryAfter())
        .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(60));
  }

  @Test
  void holdsWhatStartsLaterAgainstTheLimitWhenItsTimeComes() {
    Place acme = place(1, OnLimit.REJECT);
    NewExecution later = start(MINE, "l11", 3, Instant.now().plusSeconds(3600), acme, null);
    intake.accept(later);
    ExecutionId now = accepted("l11", acme, null);
    assertThat(claimed("l11")).containsExactly(now);
    jdbc.sql("update execution set due_at = now() where id = ?").param(later.id().value()).update();
    dispatch.promoteDue();
    assertThat(claimed("l11")).isEmpty();
    assertThat(status(later.id())).isEqualTo(Status.CANCELLED);
  }

  @Test
  void passesBothLimitsOfATask() {
    Place all = new Place(UUID.randomUUID(), null, 2, OnLimit.QUEUE);
    Pace slow = pace(1, Duration.ofSeconds(60), false);
    ExecutionId first = accepted("l12", all, slow);
    accepted("l12", all, slow);
    ExecutionId other = accepted("l12", all, pace(1, Duration.ofSeconds(60), false));
    assertThat(claimed("l12")).containsExactlyInAnyOrder(first, other);
  }

  private Project project(String name) {
    jdbc.sql("insert into project (name) values (?)").param(name).update();
    return new Project(name);
  }

  private static ProjectLimit limits(int inFlight, int quota, int starts) {
    return new ProjectLimit(some(inFlight), some(quota), some(starts));
  }

  private static OptionalInt some(int limit) {
    return limit == 0 ? OptionalInt.empty() : OptionalInt.of(limit);
  }

  private List<ExecutionId> claimedOfProjects(String pool, int bound) {
    return dispatch.claimWithinProjects(Map.of(pool, bound), 0, LEASE).stream()
        .map(Dispatch.Claim::id)
        .toList();
  }

  @Test
  void refusesWhatIsAboveTheQuotaOfAProjectAndNoMore() throws Exception {
    Project project = project("quota");
    intake.accept(start(project, "q", 3, null, null, null));
    projects.set(project, limits(0, 10, 0), ADA);
    try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
      List<Future<Acceptance>> starts = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        starts.add(clients.submit(() -> intake.accept(start(project, "q", 3, null, null, null))));
      }
      int accepted = 0;
      for (Future<Acceptance> start : starts) {
        accepted += start.get() instanceof Acceptance.Accepted ? 1 : 0;
      }
      assertThat(accepted).isEqualTo(9);
    }
    assertThat(refused(start(project, "q", 3, null, null, null)))
        .returns(Refusal.Cause.QUOTA, Refusal::cause);
    List<ExecutionId> claimed = claimedOfProjects("q", 100);
    assertThat(claimed).hasSize(10);
    assertThat(projects.use(project)).isEqualTo(new ProjectLimits.Use(limits(0, 10, 0), 10, 10));
    end(claimed.getFirst());
    assertThat(projects.use(project).unended()).isEqualTo(9);
    assertThat(intake.accept(start(project, "q", 3, null, null, null)))
        .isInstanceOf(Acceptance.Accepted.class);
  }

  @Test
  void refusesStartsThatComeFasterThanAProjectMay() {
    Project project = project("starts");
    projects.set(project, limits(0, 0, 3), ADA);
    for (int i = 0; i < 3; i++) {
      intake.accept(start(project, "s", 3, null, null, null));
    }
    assertThat(refused(start(project, "s", 3, null, null, null)))
        .returns(Refusal.Cause.STARTS, Refusal::cause)
        .satisfies(refusal ->
            assertThat(refusal.retryAfter())
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20)));
    projects.set(project, limits(0, 0, 0), ADA);
    assertThat(intake.accept(start(project, "s", 3, null, null, null)))
        .isInstanceOf(Acceptance.Accepted.class);
  }

  @Test
  void hasAProjectWaitThatHasEnoughInFlightAndNotTheOthers() {
    Project bounded = project("bounded");
    projects.set(bounded, limits(2, 0, 0), ADA);
    List<ExecutionId> mine = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      NewExecution one = start(bounded, i < 3 ? "b1" : "b2", 3, null, null, null);
      intake.accept(one);
      mine.add(one.id());
    }
    ExecutionId other = accepted("b1", null, null);
    List<ExecutionId> claimed =
        dispatch.claimWithinProjects(Map.of("b1", 2, "b2", 0), 0, LEASE).stream()
            .map(Dispatch.Claim::id)
            .toList();
    assertThat(claimed).containsExactly(mine.get(0), mine.get(1));
    assertThat(claimedOfProjects("b2", 10)).isEmpty();
    assertThat(claimedOfProjects("b1", 10)).containsExactly(other);
    end(mine.get(0));
    assertThat(claimedOfProjects("b2", 10)).containsExactly(mine.get(3));
    assertThat(projects.use(bounded).inFlight()).isEqualTo(2);
  }
}
