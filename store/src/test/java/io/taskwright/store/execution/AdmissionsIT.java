package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Status;
import io.taskwright.model.execution.Warning;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class AdmissionsIT extends StoredExecutions {
  @Test
  void keepsTheViolationsOfARejectedExecution() {
    ExecutionId id = accepted("reject");
    claim("reject", 1);
    admissions.reject(
        id,
        new Failure(
            FailureCode.INPUT_INVALID,
            "the input is wrong",
            JsonNodeFactory.instance.arrayNode().add("/a")));
    assertThat(view(id).status()).isEqualTo(Status.REJECTED);
    assertThat(view(id).failure()).contains("/a").contains("INPUT_INVALID");
    assertThat(attempts.open(ExecutionToken.fresh(id), RetryPolicy.DEFAULT, RESOURCES, "w"))
        .isInstanceOf(Opening.Over.class);
  }

  @Test
  void saysEachWarningOnce() {
    ExecutionId id = accepted("warn");
    Warning first = new Warning("rules", "/rules/0", "it's \u0000 much");
    admissions.warn(id, List.of());
    assertThat(view(id).warnings()).isNull();
    long before = view(id).seq();
    admissions.warn(id, List.of(first));
    admissions.warn(id, List.of(first, new Warning("rules", "/rules/1", "more")));
    assertThat(view(id).warnings()).containsOnlyOnce("/rules/0").contains("/rules/1");
    assertThat(view(id).seq()).isEqualTo(before + 2);
  }

  @Test
  void opensAnAttemptOnlyForItsGrant() {
    ExecutionId id = accepted("grant");
    claim("grant", 1);
    ExecutionToken grant = ExecutionToken.fresh(id);
    admissions.admit(grant, ROUTE);
    assertThat(admissions.granted(grant)).isPresent();
    assertThat(admissions.granted(ExecutionToken.fresh(id))).isEmpty();
  }
}
