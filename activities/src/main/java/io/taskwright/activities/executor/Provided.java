package io.taskwright.activities.executor;

import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.layer.LayerStore;
import io.temporal.client.ActivityCompletionException;
import org.jspecify.annotations.Nullable;

/** What came of getting an attempt's packages. */
sealed interface Provided {
  /** It needs none. */
  record Nothing() implements Provided {}

  /** They are there, until the lease is closed. */
  record There(LayerStore.Lease layer) implements Provided {}

  /**
   * The attempt ends here.
   *
   * @param stop what Temporal wanted, if that was why
   */
  record Ended(RunEnd end, @Nullable ActivityCompletionException stop) implements Provided {}

  /** Another attempt has taken over. */
  record Abandoned() implements Provided {}
}
