package io.taskwright.api.problem;

import io.taskwright.model.Violation;
import java.util.List;

/** A request that cannot be done as it is; becomes the answer. */
public final class ProblemException extends RuntimeException {
  private final ProblemCode code;
  private final transient List<Violation> errors;

  /**
   * @param detail what is wrong here and what to do, for a person
   */
  public ProblemException(ProblemCode code, String detail) {
    this(code, detail, List.of());
  }

  /**
   * @param errors every single thing that is wrong, with its place
   */
  public ProblemException(ProblemCode code, String detail, List<Violation> errors) {
    super(detail, null, false, false);
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  /** There is no such thing, or it is another project's: nobody can tell which. */
  public static ProblemException notFound(String what) {
    return new ProblemException(ProblemCode.NOT_FOUND, "there is no " + what);
  }

  /** What is wrong. */
  public ProblemCode code() {
    return code;
  }

  /** Every single thing that is wrong. */
  public List<Violation> errors() {
    return errors;
  }
}
