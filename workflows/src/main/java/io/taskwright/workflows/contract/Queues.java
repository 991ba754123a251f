package io.taskwright.workflows.contract;

/** The names of task queues. */
public final class Queues {
  /** Workflows and their local activities. */
  public static final String CORE = "core";

  private Queues() {}

  /** The queue of a pool of executors. */
  public static String pool(String name) {
    return "pool-" + name;
  }
}
