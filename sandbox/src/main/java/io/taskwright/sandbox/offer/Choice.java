package io.taskwright.sandbox.offer;

import io.taskwright.sandbox.Sandbox;

/** The answer to: what runs this? */
public sealed interface Choice {
  /** This does. */
  record Found(Sandbox sandbox) implements Choice {}

  /**
   * Nothing does.
   *
   * @param reason why each back end does not, for a person
   */
  record None(String reason) implements Choice {}
}
