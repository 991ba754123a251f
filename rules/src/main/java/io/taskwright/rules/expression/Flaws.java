package io.taskwright.rules.expression;

import dev.cel.common.CelIssue;
import dev.cel.runtime.CelEvaluationException;
import io.taskwright.rules.expression.Expression.Flaw;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Says in our words what the expression language has to complain of. */
final class Flaws {
  private static final int MOST = 10;
  private static final Pattern PLACE = Pattern.compile("^evaluation error[^:]*(:\\d+)?: ");

  private Flaws() {}

  static List<Flaw> of(List<CelIssue> issues) {
    return issues.stream()
        .limit(MOST)
        .map(issue ->
            new Flaw(
                Math.max(1, issue.getSourceLocation().getLine()),
                issue.getSourceLocation().getColumn() + 1,
                issue.getMessage().strip()))
        .toList();
  }

  static String reason(CelEvaluationException e) {
    String message = Optional.ofNullable(e.getMessage()).orElse("it cannot be evaluated");
    return PLACE.matcher(message).replaceFirst("");
  }

  static String kind(Optional<JsonNode> json) {
    return json.map(
            node -> "a value of the type " + node.getNodeType().name().toLowerCase(Locale.ROOT))
        .orElse("a value that JSON has no form for");
  }
}
