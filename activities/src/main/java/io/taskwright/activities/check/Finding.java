package io.taskwright.activities.check;

import io.taskwright.model.ExecutionId;
import org.jspecify.annotations.Nullable;

/**
 * What a check found, and whether it is what was wanted.
 *
 * @param last whether looking again is of no use
 * @param execution the one that checked; null if none did
 */
record Finding(
    boolean passed, boolean last, String wanted, String found, @Nullable ExecutionId execution) {
  static Finding of(boolean passed, String wanted, String found) {
    return new Finding(passed, passed, wanted, found, null);
  }
}
