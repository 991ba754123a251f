package io.taskwright.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DependencyTest {
  @ParameterizedTest
  @EnumSource
  void theExampleOfARuntimeIsOne(TaskRuntime runtime) {
    String example = Dependency.example(runtime);
    assertThat(Dependency.parse(runtime, example).isPresent())
        .isEqualTo(Dependency.offered(runtime));
    assertThat(example.isEmpty()).isEqualTo(!Dependency.offered(runtime));
  }

  @ParameterizedTest
  @CsvSource({
    "PYTHON, Zope_Interface == 7.2, zope-interface, zope-interface==7.2",
    "PYTHON, 'httpx[http2, socks]==0.28.1', httpx, 'httpx[http2,socks]==0.28.1'",
    "NODE, @babel/core@7.26.0, @babel/core, @babel/core@7.26.0",
    "JAVA, a.b:c:1.0, a.b:c, a.b:c:1.0",
  })
  void namesAPackageInOneWay(TaskRuntime runtime, String text, String name, String written) {
    assertThat(Dependency.parse(runtime, text)).contains(new Dependency(name, written));
    assertThat(new Dependency(name, written)).hasToString(written);
  }

  @ParameterizedTest
  @CsvSource({
    "PYTHON, pillow>=11",
    "PYTHON, 'pillow==11; python_version > \"3\"'",
    "PYTHON, git+https://example.org/x",
    "NODE, left-pad@^1.3.0",
    "NODE, left-pad",
    "JAVA, a:b:1.0-SNAPSHOT",
    "JAVA, a:b:LATEST",
    "BASH, a==1",
  })
  void isNothingThatMayMeanAnotherOneTomorrow(TaskRuntime runtime, String text) {
    assertThat(Dependency.parse(runtime, text)).isEmpty();
  }

  @Test
  void isNotLong() {
    assertThat(Dependency.parse(TaskRuntime.PYTHON, "a".repeat(10_000) + "==1")).isEmpty();
  }
}
