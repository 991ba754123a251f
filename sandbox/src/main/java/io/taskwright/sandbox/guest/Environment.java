package io.taskwright.sandbox.guest;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * A place with a warden in it that waits for one program. It is used once and never reset.
 *
 * <p>An environment that was opened before it is needed is the same thing: nothing of a task is in
 * it until its program is written to it.
 */
public interface Environment {
  /** Said once, before a program comes: from now on it has the share of its room. */
  default void take() throws EnvironmentException {}

  /** To the warden. Closing it ends the environment. */
  OutputStream input();

  /** From the warden, until the environment is gone. */
  InputStream output();

  /** Whether there is still somebody in it who may take a program; a guess, without waiting. */
  boolean alive();

  /** Kills every process in it. Returns at once; may be called from any thread, and again. */
  void kill();

  /** Waits until no process is left, removes every trace, and tells what the host counted. */
  Traces end();
}
