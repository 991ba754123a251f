package io.taskwright.bench.load;

/** Something that can be executed again and again. */
public interface Subject {
  /** What it is called in the results. */
  String name();

  /**
   * Makes one execution, from its start to its end.
   *
   * @throws IllegalStateException if it does not end well
   */
  void execute() throws InterruptedException;
}
