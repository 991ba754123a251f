package io.taskwright.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadsTest {
  @Test
  void bothCompilersCountAndNoOtherThread() {
    assertThat(Threads.isCompiler("71 (C1 CompilerThre) S 70")).isTrue();
    assertThat(Threads.isCompiler("72 (C2 CompilerThre) S 70")).isTrue();
    assertThat(Threads.isCompiler("73 (grpc-default-wo) S 70")).isFalse();
    assertThat(Threads.isCompiler("")).isFalse();
  }
}
