package io.taskwright.app.machine;

/** Where a long step says how far it is, one line at a time. */
@FunctionalInterface
public interface Progress {
  void say(String line);
}
