package io.taskwright.sandbox.layer;

import io.taskwright.model.ByteSize;
import io.taskwright.model.execution.Failure;

/** What came of installing packages. */
public sealed interface Installation {
  /**
   * They are there.
   *
   * @param lock which they are, by their hashes
   */
  record Installed(String lock, int packages, ByteSize size) implements Installation {}

  /** They are not. */
  record Refused(Failure failure) implements Installation {}

  /** Somebody stopped it. */
  record Stopped() implements Installation {}
}
