package io.taskwright.sandbox.conformance;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;

/** Tests of one subject, the same on every back end. */
abstract class Suite {
  /** The back end under test and the machine under it. */
  abstract Host host();

  final Sandbox sandbox() {
    return host().sandbox();
  }

  @AfterEach
  final void leavesTheHostUntouched() {
    host().assertUntouched();
  }

  final Trial python(String source) {
    return Trial.of(sandbox(), TaskRuntime.PYTHON, source);
  }

  final Trial node(String source) {
    return Trial.of(sandbox(), TaskRuntime.NODE, source);
  }

  final Trial javascript(String source) {
    return Trial.of(sandbox(), TaskRuntime.JAVASCRIPT, source);
  }

  final Trial bash(String source) {
    return Trial.of(sandbox(), TaskRuntime.BASH, source);
  }

  final Trial java(String source) {
    return Trial.of(sandbox(), TaskRuntime.JAVA, source).memory(192);
  }
}
