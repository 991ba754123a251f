package io.taskwright.store.limit;

import java.util.OptionalInt;

/**
 * What a project may have of executions in all; empty where nothing is limited.
 *
 * @param inFlight how many are dispatched and have not ended; the rest waits
 * @param quota how many are accepted and have not ended; more are refused
 * @param startsPerMinute how many are accepted in a minute; more are refused
 */
public record ProjectLimit(OptionalInt inFlight, OptionalInt quota, OptionalInt startsPerMinute) {
  /** Nothing is limited. */
  public static final ProjectLimit NONE =
      new ProjectLimit(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

  /** The most that any of them can be. */
  public static final int MOST = 1_000_000;
}
