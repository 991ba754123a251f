package io.taskwright.rules;

import io.taskwright.model.Violation;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.FailureCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads {@code mocks}: what a dry run takes the result of the work to be. */
public final class MockReader {
  private static final String FIELD = "mocks";
  private static final int LONGEST_MESSAGE = 4_096;

  /** What ends an execution before its work, or after it, is no result of the work. */
  static final Set<FailureCode> OF_WORK =
      EnumSet.complementOf(
          EnumSet.of(
              FailureCode.INPUT_INVALID, FailureCode.RULE_BLOCKED, FailureCode.CHECK_FAILED));

  private MockReader() {}

  /**
   * Reads mocks that came with a request.
   *
   * @param violations takes what is wrong, with pointers that begin with {@code /mocks}
   * @return empty if there is no mock, or a wrong one
   */
  public static Optional<DryRun> read(JsonNode mocks, List<Violation> violations) {
    return read(
        Fields.of(JsonNodeFactory.instance.objectNode().set(FIELD, mocks).asObject(), violations));
  }

  static Optional<DryRun> read(Fields owner) {
    Optional<Fields> found = owner.object(FIELD);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Fields mocks = found.get();
    Optional<JsonNode> output = mocks.value("output");
    Optional<DryRun> failure = mocks.object("failure").flatMap(MockReader::failure);
    if (output.isPresent() == mocks.has("failure")) {
      mocks.wrong("required", "must have output or failure, and not both");
    }
    mocks.end();
    return output.isPresent() ? output.map(DryRun.Gives::new) : failure;
  }

  private static Optional<DryRun> failure(Fields fields) {
    Optional<FailureCode> code = code(fields);
    String message = fields.text("message").orElse("a mock of the work failed");
    if (message.length() > LONGEST_MESSAGE) {
      fields.wrong("message", "maxLength", "must be at most " + LONGEST_MESSAGE + " characters");
    }
    fields.end();
    return code.map(known -> new DryRun.Fails(known, message));
  }

  /** The code of a failure that work may end with. */
  static Optional<FailureCode> code(Fields fields) {
    return fields
        .requiredText("code")
        .flatMap(word -> {
          Optional<FailureCode> code =
              OF_WORK.stream().filter(known -> known.name().equals(word)).findFirst();
          if (code.isEmpty()) {
            fields.wrong("code", "enum", "must be one of " + OF_WORK);
          }
          return code;
        });
  }
}
