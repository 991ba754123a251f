package io.taskwright.bench.subject;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** The workflow: admit and conclude as local activities, the work between as its shape says. */
public final class RawWorkflowCode implements RawWorkflow {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final LocalActivityOptions LOCAL =
      LocalActivityOptions.newBuilder().setStartToCloseTimeout(LONGEST).build();
  private static final ActivityOptions POOL =
      ActivityOptions.newBuilder()
          .setTaskQueue(RawTemporal.POOL_QUEUE)
          .setStartToCloseTimeout(LONGEST)
          .setHeartbeatTimeout(Duration.ofSeconds(10))
          .build();

  @Override
  public String run(RawShape shape, String execution) {
    RawWork here = Workflow.newLocalActivityStub(RawWork.class, LOCAL);
    RawWork work =
        switch (shape) {
          case LOCAL -> here;
          case POOL -> Workflow.newActivityStub(RawWork.class, POOL);
        };
    work.attempt(here.admit(execution));
    return here.conclude(execution);
  }
}
