package io.taskwright.workflows.contract;

/** The names of the signals that workflows of executions hear. */
public final class Signals {
  /** What is held may go on. Whether it really may, the store knows. */
  public static final String RESUME = "resume";

  /** The execution that checks this one has ended. How, the store knows. */
  public static final String CHECK_ENDED = "check-ended";

  private Signals() {}
}
