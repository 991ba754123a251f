package io.taskwright.model.definition;

/**
 * A rule of the business over a task's input or output, which a schema cannot say.
 *
 * @param when an expression that is true of what the rule is against
 * @param message what is said then, as its author wrote it
 */
public record Rule(On on, String when, Then then, String message) {
  /** How many rules a definition may have. */
  public static final int MOST = 50;

  /** How many characters a message may have. */
  public static final int LONGEST_MESSAGE = 500;

  /** What a rule looks at; one on the output sees the input too. */
  public enum On {
    INPUT,
    OUTPUT
  }

  /** What follows when the rule fires. */
  public enum Then {
    /** The input is not run, or the output is not taken. */
    BLOCK,
    /** It is said, and nothing else follows. */
    WARN
  }
}
