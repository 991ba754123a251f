package io.taskwright.temporal;

import io.taskwright.model.BatchId;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;

/** What workflows are called: the project first, so that it can be read off an id. */
public final class WorkflowIds {
  private WorkflowIds() {}

  /** The id of a batch's workflow. */
  public static String ofBatch(Project project, BatchId batch) {
    return project + "/batch-" + batch;
  }

  /** The id of an execution's workflow. */
  public static String of(Project project, ExecutionId execution) {
    return project + "/" + execution;
  }
}
