package io.taskwright.sandbox.conformance;

import io.taskwright.model.definition.TaskRuntime;
import org.junit.jupiter.api.AfterEach;

/** Tests of one back end. */
public abstract class Suite implements Host {
  @AfterEach
  final void leavesTheHostUntouched() {
    assertUntouched();
  }

  protected Trial python(String source) {
    return Trial.of(sandbox(), TaskRuntime.PYTHON, source);
  }

  protected Trial node(String source) {
    return Trial.of(sandbox(), TaskRuntime.NODE, source);
  }

  protected Trial bash(String source) {
    return Trial.of(sandbox(), TaskRuntime.BASH, source);
  }

  protected Trial java(String source) {
    return Trial.of(sandbox(), TaskRuntime.JAVA, source).memory(192);
  }
}
