package io.taskwright.api.task;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import org.springframework.http.HttpHeaders;

/** What a caller shows to prove that it knows the newest state of what it changes. */
record IfMatch(String value) {
  /**
   * The header of the request.
   *
   * @throws ProblemException if there is none
   */
  static IfMatch required(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.IF_MATCH);
    if (header == null) {
      throw new ProblemException(
          ProblemCode.PRECONDITION_REQUIRED,
          "send If-Match with the ETag of the version that you changed");
    }
    return new IfMatch(header);
  }

  /** Whether it names the tag; weak tags never do. */
  boolean names(String tag) {
    return value.strip().equals("*")
        || Arrays.stream(value.split(",", -1)).anyMatch(one -> one.strip().equals(tag));
  }
}
