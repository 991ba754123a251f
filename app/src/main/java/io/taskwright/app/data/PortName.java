package io.taskwright.app.data;

import java.util.OptionalInt;

/** What a part listens on, besides the API. */
public enum PortName {
  POSTGRES,
  TEMPORAL(7233),
  TEMPORAL_MEMBERSHIP,
  TEMPORAL_HISTORY,
  TEMPORAL_HISTORY_MEMBERSHIP,
  TEMPORAL_MATCHING,
  TEMPORAL_MATCHING_MEMBERSHIP,
  TEMPORAL_WORKER,
  TEMPORAL_WORKER_MEMBERSHIP,
  TEMPORAL_METRICS,
  TEMPORAL_UI(8233),
  EXECUTOR;

  private final int preferred;

  PortName() {
    this(0);
  }

  PortName(int preferred) {
    this.preferred = preferred;
  }

  /** The port that people expect it on. */
  OptionalInt preferred() {
    return preferred == 0 ? OptionalInt.empty() : OptionalInt.of(preferred);
  }
}
