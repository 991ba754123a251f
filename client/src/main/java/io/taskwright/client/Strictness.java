package io.taskwright.client;

import java.time.Duration;

/**
 * Whether the service refuses a version that would refuse what was taken or given before.
 *
 * @param last how many executions it looks at, 1 to 1000
 */
public record Strictness(boolean strict, int last) {
  /** Whatever it would refuse. */
  public static final Strictness NONE = new Strictness(false, 100);

  private static final Duration LONGEST_CHECK = Duration.ofSeconds(20);

  Call.Query addTo(Call.Query query) {
    return strict ? query.add("strict", true).add("last", last) : query;
  }

  Call patient(Call call) {
    return strict ? call.patient(LONGEST_CHECK) : call;
  }
}
