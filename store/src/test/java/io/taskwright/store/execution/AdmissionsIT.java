package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Violation;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionsIT extends StoredExecutions {
  @Test
  void keepsTheViolationsOfARejectedExecution() {
    ExecutionId id = accepted("reject");
    claim("reject", 1);
    admissions.reject(
        id,
        FailureCode.INPUT_INVALID,
        "the input is wrong",
        List.of(new Violation("/a", "type", "must be a string")));
    assertThat(view(id).status()).isEqualTo(Status.REJECTED);
    assertThat(view(id).failure()).contains("/a").contains("INPUT_INVALID");
    assertThat(attempts.open(ExecutionToken.fresh(id), RetryPolicy.DEFAULT, RESOURCES, "w"))
        .isInstanceOf(Opening.Over.class);
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
