package io.taskwright.store.batch;

import io.taskwright.model.ExecutionId;

/** Does to an execution what its batch says. */
@FunctionalInterface
public interface Deed {
  /**
   * Does it in the caller's transaction, so that it is done exactly when its result is stored.
   *
   * @param on whose turn it is; of the batch's project
   */
  Item.Result perform(Batch batch, ExecutionId on);
}
