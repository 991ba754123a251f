package io.taskwright.client;

/** Who hears what happens to an execution. */
@FunctionalInterface
public interface Follower {
  /** The next event. */
  void hear(Event event);

  /**
   * The service is away for more than a moment; it is asked again until the patience ends. Told
   * once for each time that it goes away.
   */
  default void away(UnreachableException reason) {}
}
