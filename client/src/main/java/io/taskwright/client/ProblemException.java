package io.taskwright.client;

/** The service did not do what it was asked. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.status() + " " + problem.code() + ": " + problem.detail());
    this.problem = problem;
  }

  /** What the service said. */
  public Problem problem() {
    return problem;
  }
}
