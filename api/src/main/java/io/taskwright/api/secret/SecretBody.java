package io.taskwright.api.secret;

import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Envelope;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.Violation;
import io.taskwright.model.secret.SecretValue;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;

/**
 * What is sent to keep a secret: {@code {value, description?}}. What is wrong with it is said
 * without repeating anything of it.
 */
record SecretBody(SecretValue value, String description) {
  /** A value of the largest size whose every byte is escaped. */
  private static final int MOST_BYTES = 6 * SecretValue.MOST_BYTES + (16 << 10);

  private static final int MOST_DESCRIPTION = 1_000;

  static SecretBody read(HttpServletRequest request) throws IOException {
    try {
      Envelope body = Envelope.of(Bodies.json(request, MOST_BYTES));
      String value = body.requiredText("value");
      String description = body.text("description").orElse("");
      body.end();
      return new SecretBody(checked(value), description(description));
    } catch (ProblemException e) {
      throw discreet(e);
    }
  }

  private static ProblemException discreet(ProblemException e) {
    return switch (e.code()) {
      case MALFORMED_JSON, DUPLICATE_KEY, UNKNOWN_FIELD, INVALID_CHARACTER, OUT_OF_RANGE ->
          new ProblemException(
              e.code(),
              "send {\"value\": \"…\", \"description\": \"…\"} in well-formed JSON; what was sent"
                  + " is not repeated here");
      default -> e;
    };
  }

  private static SecretValue checked(String value) {
    SecretValue.flaw(value)
        .ifPresent(flaw -> {
          throw wrong("value", flaw);
        });
    return new SecretValue(value);
  }

  private static String description(String description) {
    if (description.length() > MOST_DESCRIPTION) {
      throw wrong("description", "must be at most " + MOST_DESCRIPTION + " characters");
    }
    return description;
  }

  private static ProblemException wrong(String field, String message) {
    return new ProblemException(
        ProblemCode.VALUE_INVALID,
        field + " " + message,
        List.of(new Violation("/" + field, ProblemCode.VALUE_INVALID.name(), message)));
  }
}
