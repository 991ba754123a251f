package io.taskwright.sandbox.conformance;

import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.RunEnd;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says what a run's end must be. */
public final class ResultAssert extends AbstractAssert<ResultAssert, Trial.Result> {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ResultAssert(Trial.Result actual) {
    super(actual, ResultAssert.class);
  }

  public static ResultAssert assertThat(Trial.Result actual) {
    return new ResultAssert(actual);
  }

  /** The program returned this value. */
  public ResultAssert returned(String json) {
    Assertions.assertThat(actual.end())
        .as(() -> "end, after %s".formatted(actual.told().everything()))
        .isInstanceOf(RunEnd.Returned.class);
    String output = ((RunEnd.Returned) actual.end()).output();
    Assertions.assertThat(JSON.readTree(output)).isEqualTo(JSON.readTree(json));
    return this;
  }

  public ResultAssert stopped() {
    Assertions.assertThat(actual.end()).isInstanceOf(RunEnd.Stopped.class);
    return this;
  }

  /** It failed so. */
  public ResultAssert failed(FailureCode code) {
    Assertions.assertThat(failure().code()).as(() -> failure().message()).isEqualTo(code);
    return this;
  }

  /** It used up so much of a resource. */
  public ResultAssert exhausted(String resource, String limit) {
    failed(FailureCode.RESOURCE_EXHAUSTED);
    Assertions.assertThat(detail("resource")).isEqualTo(resource);
    Assertions.assertThat(detail("limit")).isEqualTo(limit);
    return this;
  }

  public ResultAssert withMessage(String... parts) {
    Assertions.assertThat(failure().message()).contains(parts);
    return this;
  }

  public ResultAssert withDetail(String name, String... parts) {
    Assertions.assertThat(detail(name)).contains(parts);
    return this;
  }

  public ResultAssert withoutInDetail(String name, String... parts) {
    Assertions.assertThat(detail(name)).doesNotContain(parts);
    return this;
  }

  public ResultAssert said(String... lines) {
    Assertions.assertThat(actual.told().everything()).contains(lines);
    return this;
  }

  private String detail(String name) {
    @Nullable JsonNode details = failure().details();
    Assertions.assertThat(details).as("details").isNotNull();
    if (details == null) {
      return "";
    }
    JsonNode detail = details.path(name);
    return detail.isContainer() ? detail.toString() : detail.asString("");
  }

  private Failure failure() {
    Assertions.assertThat(actual.end())
        .as(() -> "end, after %s".formatted(actual.told().everything()))
        .isInstanceOf(RunEnd.Failed.class);
    return ((RunEnd.Failed) actual.end()).failure();
  }
}
