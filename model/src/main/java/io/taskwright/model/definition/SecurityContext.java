package io.taskwright.model.definition;

import java.util.List;

/**
 * Under which protection the code runs.
 *
 * @param level the isolation asked for
 * @param egress where the code may connect to; nowhere if it is empty
 */
public record SecurityContext(SecurityLevel level, List<Destination> egress) {
  /** What a definition that says nothing gets. */
  public static final SecurityContext DEFAULT = new SecurityContext(SecurityLevel.LOW, List.of());

  /** The most entries of an egress list. */
  public static final int MOST_EGRESS = 50;

  public SecurityContext {
    egress = List.copyOf(egress);
  }
}
