package io.taskwright.api.problem;

import io.taskwright.model.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that cannot be done as it is; becomes the answer. */
public final class ProblemException extends RuntimeException {
  private final ProblemCode code;
  private final transient List<Violation> errors;
  private final @Nullable Duration retryAfter;

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
    this(code, detail, errors, null);
  }

  /**
   * @param retryAfter when another try may be worth it
   */
  public ProblemException(ProblemCode code, String detail, Duration retryAfter) {
    this(code, detail, List.of(), retryAfter);
  }

  private ProblemException(
      ProblemCode code, String detail, List<Violation> errors, @Nullable Duration retryAfter) {
    super(detail, null, false, false);
    this.code = code;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
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

  /** When another try may be worth it, if that is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
