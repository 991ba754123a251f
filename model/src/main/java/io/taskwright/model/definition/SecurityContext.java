package io.taskwright.model.definition;

/**
 * Under which protection the code runs.
 *
 * @param level the isolation asked for
 */
public record SecurityContext(SecurityLevel level) {
  /** What a definition that says nothing gets. */
  public static final SecurityContext DEFAULT = new SecurityContext(SecurityLevel.LOW);
}
