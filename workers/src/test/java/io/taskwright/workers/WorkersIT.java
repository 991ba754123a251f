package io.taskwright.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.execution.Actor;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Method;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Outcome;
import io.taskwright.model.execution.Route;
import io.taskwright.model.execution.Status;
import io.taskwright.store.Ids;
import io.taskwright.store.Notices;
import io.taskwright.store.StoreConfiguration;
import io.taskwright.store.execution.Admissions;
import io.taskwright.store.execution.Commands;
import io.taskwright.store.execution.Commands.Order;
import io.taskwright.store.execution.Conclusions;
import io.taskwright.store.execution.Dispatch;
import io.taskwright.store.execution.DryRuns;
import io.taskwright.store.execution.Events;
import io.taskwright.store.execution.ExecutionToken;
import io.taskwright.store.execution.Executions;
import io.taskwright.store.execution.Intake;
import io.taskwright.store.execution.KnownResults;
import io.taskwright.store.execution.LimitQueues;
import io.taskwright.store.execution.NewExecution;
import io.taskwright.store.execution.Outbox;
import io.taskwright.store.execution.Repairs;
import io.taskwright.store.execution.Stale;
import io.taskwright.store.limit.ProjectLimits;
import io.taskwright.store.pool.ExecutorWorkers;
import io.taskwright.temporal.Converters;
import io.taskwright.temporal.SearchKeys;
import io.taskwright.temporal.WorkflowIds;
import io.taskwright.workflows.contract.Admission;
import io.taskwright.workflows.contract.Conclusion;
import io.taskwright.workflows.contract.RecordActivity;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** What moves executions, between a real store and a Temporal in memory. */
@SpringBootTest(classes = WorkersIT.Store.class)
class WorkersIT {
  private static final Actor ADA = new Actor(Actor.Kind.KEY, "ada");
  private static final Duration LEASE = Duration.ofSeconds(30);

  @Autowired Intake intake;
  @Autowired Dispatch dispatch;
  @Autowired LimitQueues limits;
  @Autowired ProjectLimits projects;
  @Autowired Admissions admissions;
  @Autowired Conclusions conclusions;
  @Autowired Commands commands;
  @Autowired Executions executions;
  @Autowired Events events;
  @Autowired DryRuns dryRuns;
  @Autowired KnownResults known;
  @Autowired Outbox outbox;
  @Autowired Stale stale;
  @Autowired Repairs repairs;
  @Autowired ExecutorWorkers executors;
  @Autowired Notices notices;

  private final List<Conclusion> concluded = new CopyOnWriteArrayList<>();
  private TestWorkflowEnvironment temporal;

  /** The store on a PostgreSQL of its own. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(StoreConfiguration.class)
  static class Store {
    @Bean(destroyMethod = "close")
    EmbeddedPostgres postgres() throws IOException {
      return EmbeddedPostgres.builder().start();
    }

    @Bean
    DataSource dataSource(EmbeddedPostgres postgres) {
      return postgres.getPostgresDatabase();
    }
  }

  @BeforeEach
  void startTemporal() {
    temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder().setDataConverter(Converters.json()).build())
                .registerSearchAttribute(
                    SearchKeys.PROJECT.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .build());
  }

  @AfterEach
  void stopTemporal() {
    temporal.close();
  }

  private ExecutionId accepted(String pool, @Nullable Instant dueAt) {
    NewExecution execution =
        new NewExecution(
            new ExecutionId(Ids.next()),
            Project.DEFAULT,
            new TaskId(Ids.next()),
            "some-task",
            1,
            pool,
            3,
            "{}",
            Map.of(),
            Origin.start(ADA),
            dueAt,
            Duration.ofHours(1),
            null,
            false,
            List.of(),
            CacheUse.USE);
    intake.accept(execution);
    return execution.id();
  }

  /** An execution whose work is under way, whatever Temporal knows of it. */
  private ExecutionId admitted(String pool) {
    ExecutionId id = accepted(pool, null);
    dispatch.claim(Map.of(pool, 1), 0, LEASE);
    admissions.admit(ExecutionToken.fresh(id), new Route(Method.CONTAINER, pool, "because"));
    return id;
  }

  private Dispatcher dispatcher(Map<String, Integer> bounds) {
    return new Dispatcher(
        dispatch,
        new LimitTurns(limits, projects, DispatchFigures.NONE),
        DispatchFigures.NONE,
        temporal.getWorkflowClient(),
        notices,
        bounds,
        0);
  }

  private Starter starter() {
    return new Starter(temporal.getWorkflowClient());
  }

  private WorkflowStub workflow(ExecutionId id) {
    return temporal.getWorkflowClient().newUntypedWorkflowStub(WorkflowIds.of(Project.DEFAULT, id));
  }

  private boolean started(ExecutionId id) {
    try {
      return workflow(id).describe().getStatus()
          == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    } catch (WorkflowNotFoundException e) {
      return false;
    }
  }

  private Status status(ExecutionId id) {
    return executions.find(Project.DEFAULT, id).orElseThrow().execution().status();
  }

  private Reconciler reconciler() {
    return new Reconciler(
        stale,
        repairs,
        temporal.getWorkflowClient(),
        new RecordActivity() {
          @Override
          public Admission admit(String execution) {
            throw new AssertionError("nobody admits here");
          }

          @Override
          public String conclude(Conclusion conclusion) {
            concluded.add(conclusion);
            return "FAILED";
          }
        },
        Duration.ZERO);
  }

  @Test
  void startsWhatWaitsUpToItsPoolsBound() {
    ExecutionId first = accepted("narrow", null);
    ExecutionId second = accepted("narrow", null);
    try (Dispatcher dispatcher = dispatcher(Map.of("narrow", 1))) {
      dispatcher.start();
      await().until(() -> started(first));
      assertThat(status(second)).isEqualTo(Status.RECEIVED);
      commands.cancel(new Order(Project.DEFAULT, first, ADA, ""));
      conclusions.conclude(first, closing -> new Outcome.Cancelled(ADA, "never mind"));
      dispatcher.slotFreed();
      await().until(() -> started(second));
    }
  }

  @Test
  void startsWhatIsAcceptedLater() {
    try (Dispatcher dispatcher = dispatcher(Map.of("idle", 4))) {
      dispatcher.start();
      ExecutionId id = accepted("idle", null);
      await().until(() -> started(id));
    }
  }

  @Test
  void startingTwiceIsHarmless() {
    ExecutionId id = accepted("twice", null);
    starter().start(Project.DEFAULT, id, "some-task", 1);
    starter().start(Project.DEFAULT, id, "some-task", 1);
    assertThat(started(id)).isTrue();
  }

  @Test
  void postponesWhatTemporalDoesNotTake() {
    ExecutionId id = accepted("away", null);
    try (Dispatcher dispatcher = dispatcher(Map.of("away", 1))) {
      temporal.close();
      dispatcher.start();
      await()
          .until(() ->
              "Temporal does not answer"
                  .equals(
                      executions.find(Project.DEFAULT, id).orElseThrow().execution().waitingFor()));
    }
  }

  @Test
  void tellsTemporalOfACancel() {
    ExecutionId id = admitted("relay");
    starter().start(Project.DEFAULT, id, "some-task", 1);
    commands.cancel(new Order(Project.DEFAULT, id, ADA, "never mind"));
    try (Relay relay = new Relay(outbox, commands, temporal.getWorkflowClient(), notices)) {
      relay.start();
      await()
          .until(() ->
              temporal
                  .getWorkflowClient()
                  .fetchHistory(WorkflowIds.of(Project.DEFAULT, id))
                  .getEvents()
                  .stream()
                  .anyMatch(event -> event.hasWorkflowExecutionCancelRequestedEventAttributes()));
    }
  }

  @Test
  void startsAgainWhatTemporalHasLost() {
    ExecutionId id = admitted("lost");
    try (Reconciler reconciler = reconciler()) {
      reconciler.start();
      await().until(() -> started(id));
    }
    assertThat(concluded).isEmpty();
  }

  @Test
  void endsWhatTemporalsOwnToolsEnded() {
    ExecutionId id = admitted("terminated");
    starter().start(Project.DEFAULT, id, "some-task", 1);
    workflow(id).terminate("by hand");
    try (Reconciler reconciler = reconciler()) {
      reconciler.start();
      await().until(() -> concluded.contains(Conclusion.cancelled(id.toString())));
    }
  }

  @Test
  void startsWhatFallsDueAndMakesRoomForTheDaysToCome() {
    ExecutionId id = accepted("due", Instant.now().plusSeconds(1));
    try (Dispatcher dispatcher = dispatcher(Map.of("due", 1));
        Upkeep upkeep =
            new Upkeep(
                dispatch, events, known, dispatcher, executors, dryRuns, InstantSource.system())) {
      dispatcher.start();
      upkeep.start();
      await().until(() -> started(id));
    }
  }
}
