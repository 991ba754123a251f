package io.taskwright.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.temporal.Converters;
import io.taskwright.workflows.contract.BatchActivity;
import io.taskwright.workflows.contract.BatchRun;
import io.taskwright.workflows.contract.BatchStep;
import io.taskwright.workflows.contract.BatchWorkflow;
import io.taskwright.workflows.contract.Queues;
import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchTurnsTest {
  private static final String WORKFLOW = "default/batch/b1";
  private static final BatchStep ON = new BatchStep(false, Duration.ZERO);
  private static final BatchStep END = new BatchStep(true, Duration.ZERO);

  /** A step as the store saw it. */
  private record Seen(String batch, String run, long time) {}

  private final List<Seen> steps = new CopyOnWriteArrayList<>();
  private TestWorkflowEnvironment temporal;

  @BeforeEach
  void startTemporal() {
    temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder().setDataConverter(Converters.json()).build())
                .build());
  }

  @AfterEach
  void stopTemporal() {
    temporal.close();
  }

  /**
   * @param answer to the step of a number, from 1 on
   */
  private WorkflowStub start(IntFunction<BatchStep> answer) {
    // Without a sticky queue, every workflow task replays the whole history.
    Worker core =
        temporal.newWorker(
            Queues.CORE,
            WorkerOptions.newBuilder().setStickyQueueScheduleToStartTimeout(Duration.ZERO).build());
    ExecutionWorkflows.register(core);
    core.registerActivitiesImplementations(
        (BatchActivity)
            batch -> {
              String run = Activity.getExecutionContext().getInfo().getWorkflowRunId();
              steps.add(new Seen(batch, run, temporal.currentTimeMillis()));
              return answer.apply(steps.size());
            });
    temporal.start();
    WorkflowStub stub =
        temporal
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                BatchWorkflow.TYPE,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(Queues.CORE)
                    .setWorkflowId(WORKFLOW)
                    .build());
    stub.start(new BatchRun("b1"));
    return stub;
  }

  private boolean history(EventType type) {
    return temporal.getWorkflowClient().fetchHistory(WORKFLOW).getEvents().stream()
        .anyMatch(event -> event.getEventType() == type);
  }

  @Test
  void goesOnUntilNothingIsLeftToDo() {
    start(step -> step < 4 ? ON : END).getResult(Void.class);
    assertThat(steps).hasSize(4).extracting(Seen::batch).containsOnly("b1");
    assertThat(history(EventType.EVENT_TYPE_TIMER_STARTED)).isFalse();
  }

  @Test
  void pausesBetweenStepsAsItIsTold() {
    start(step -> step < 4 ? new BatchStep(false, Duration.ofHours(step)) : END)
        .getResult(Void.class);
    assertThat(steps).hasSize(4);
    for (int step = 1; step < 4; step++) {
      long pause = Duration.ofHours(step).toMillis();
      assertThat(steps.get(step).time() - steps.get(step - 1).time())
          .isBetween(pause, pause + Duration.ofMinutes(10).toMillis());
    }
  }

  @Test
  void stopsAtOnceWhenTheBatchWasEndedEarly() {
    start(step -> step < 2 ? ON : new BatchStep(true, Duration.ofDays(1))).getResult(Void.class);
    assertThat(steps).hasSize(2);
    assertThat(history(EventType.EVENT_TYPE_TIMER_STARTED)).isFalse();
  }

  @Test
  void beginsItsHistoryAnewBeforeItIsLong() {
    start(step -> step < 1_002 ? ON : END).getResult(Void.class);
    assertThat(steps).hasSize(1_002).extracting(Seen::batch).containsOnly("b1");
    List<String> runs = steps.stream().map(Seen::run).distinct().toList();
    assertThat(runs).hasSize(3);
    assertThat(steps.subList(0, 500)).extracting(Seen::run).containsOnly(runs.get(0));
    assertThat(steps.subList(500, 1_000)).extracting(Seen::run).containsOnly(runs.get(1));
    assertThat(steps.subList(1_000, 1_002)).extracting(Seen::run).containsOnly(runs.get(2));
  }

  @Test
  void waitsForAStoreThatIsAway() {
    start(
            step -> {
              if (step < 4) {
                throw new IllegalStateException("no connection");
              }
              return END;
            })
        .getResult(Void.class);
    assertThat(steps).hasSize(4);
  }

  @Test
  void isCancelledAmidAPause() {
    WorkflowStub workflow = start(step -> new BatchStep(false, Duration.ofDays(1)));
    Awaitility.await().until(() -> history(EventType.EVENT_TYPE_TIMER_STARTED));
    workflow.cancel();
    assertThatThrownBy(() -> workflow.getResult(Void.class))
        .hasCauseInstanceOf(CanceledFailure.class); // so that its batch is ended as well
    assertThat(steps).hasSize(1);
  }
}
