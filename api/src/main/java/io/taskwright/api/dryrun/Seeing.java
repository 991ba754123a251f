package io.taskwright.api.dryrun;

import io.taskwright.api.body.Violations;
import io.taskwright.api.execution.ExecutionJson;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Method;
import io.taskwright.model.execution.Status;
import io.taskwright.rules.TestVerdict.Seen;
import io.taskwright.store.execution.ExecutionView;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a test can see of an execution, or of a start that was refused. */
final class Seeing {
  private Seeing() {}

  static Seen of(ExecutionView view) {
    JsonNode failure = ExecutionJson.tree(view.failure());
    JsonNode route = ExecutionJson.tree(view.route());
    String method = route.path("method").asString("");
    String pool = route.path("pool").asString("");
    return new Seen(
        view.status(),
        view.output() == null ? null : ExecutionJson.tree(view.output()),
        code(failure.path("code").asString("")),
        failure.path("message").asString(""),
        view.status() == Status.REJECTED ? Violations.of(failure.path("details")) : List.of(),
        method.isEmpty() ? null : Method.valueOf(method),
        pool.isEmpty() ? null : pool);
  }

  static Seen refused(ProblemException problem) {
    return new Seen(
        Status.REJECTED,
        null,
        code(problem.code().name()),
        String.valueOf(problem.getMessage()),
        problem.errors(),
        null,
        null);
  }

  private static @Nullable FailureCode code(String name) {
    return Arrays.stream(FailureCode.values())
        .filter(code -> code.name().equals(name))
        .findFirst()
        .orElse(null);
  }
}
