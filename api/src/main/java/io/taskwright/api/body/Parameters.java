package io.taskwright.api.body;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The parameters of a query, each at most once unless it may repeat. */
public final class Parameters {
  private static final int MOST_PER_PAGE = 200;
  private static final int PER_PAGE = 50;
  private static final int LONGEST_TEXT = 1_000;

  private final HttpServletRequest request;

  private Parameters(HttpServletRequest request) {
    this.request = request;
  }

  /** The parameters of the request; {@link KnownParameters} has refused those that are unknown. */
  public static Parameters of(HttpServletRequest request) {
    return new Parameters(request);
  }

  /** All values of a parameter that may repeat. */
  public List<String> all(String name) {
    String[] values = request.getParameterValues(name);
    return values == null ? List.of() : List.of(values);
  }

  /** The value, if the parameter is there and not empty. */
  public Optional<String> one(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      throw wrong(name, "stands more than once");
    }
    Optional<String> value = values.stream().findFirst().filter(text -> !text.isEmpty());
    if (value.filter(text -> text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0).isPresent()) {
      throw wrong(name, "has at most " + LONGEST_TEXT + " characters, none of them U+0000");
    }
    return value;
  }

  /** An RFC 3339 time. */
  public Optional<Instant> time(String name) {
    return one(name)
        .map(text ->
            Times.parse(text.replace(' ', '+'))
                .orElseThrow(() ->
                    new ProblemException(ProblemCode.INVALID_TIME, name + " " + Times.EXPECTED)));
  }

  /** Refuses a time that ends before it begins. */
  public static void ordered(Optional<Instant> since, Optional<Instant> until) {
    if (since.isPresent() && until.isPresent() && since.get().isAfter(until.get())) {
      throw new ProblemException(ProblemCode.INVALID_TIME, "since must not be after until");
    }
  }

  /** How many entries a page has: 1 to 200, 50 unless said. */
  public int limit() {
    Optional<String> text = one("limit");
    if (text.isEmpty()) {
      return PER_PAGE;
    }
    if (!text.get().matches("[0-9]{1,3}")) {
      throw page();
    }
    int limit = Integer.parseInt(text.get());
    if (limit < 1 || limit > MOST_PER_PAGE) {
      throw page();
    }
    return limit;
  }

  private static ProblemException page() {
    return new ProblemException(
        ProblemCode.INVALID_PAGE, "limit must be from 1 to " + MOST_PER_PAGE);
  }

  /** A wrong value of a parameter. */
  public static ProblemException wrong(String name, String message) {
    return new ProblemException(ProblemCode.INVALID_PARAMETER, name + " " + message);
  }
}
