package io.taskwright.sandbox.conformance;

import io.taskwright.sandbox.Sandbox;

/** The back end under test and the machine under it. */
public interface Host {
  Sandbox sandbox();

  /** Ends the environments that wait. */
  void cool();

  /** Fails if anything of a run is left on the machine. */
  void assertUntouched();
}
