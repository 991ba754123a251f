package io.taskwright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @Test
  void idsAreReadInTheirCanonicalFormOnly() {
    String id = "0198c5d0-7b1a-7c3d-8e4f-000000000001";
    assertThat(ExecutionId.parse(id).orElseThrow()).hasToString(id);
    assertThat(TaskId.parse(id).orElseThrow()).hasToString(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "0198C5D0-7B1A-7C3D-8E4F-000000000001",
        "{0198c5d0-7b1a-7c3d-8e4f-000000000001}",
        "0198c5d0-7b1a-7c3d-8e4f-000000000001 ",
        "../etc/passwd"
      })
  void otherSpellingsAreNoIds(String text) {
    assertThat(ExecutionId.parse(text)).isEmpty();
    assertThat(TaskId.parse(text)).isEmpty();
  }

  @Test
  void projectsHaveNamesThatFitIntoPathsAndHosts() {
    assertThat(Project.DEFAULT).hasToString("default");
    assertThat(Project.isName("a")).isTrue();
    assertThat(Project.isName("a-1")).isTrue();
    for (String name : new String[] {"", "-a", "a-", "A", "a_b", "a/b", "a".repeat(64), "ı"}) {
      assertThatThrownBy(() -> new Project(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "128Mi, 134217728",
    "2Gi, 2147483648",
    "3Ki, 3072",
    "5k, 5000",
    "5M, 5000000",
    "1G, 1000000000"
  })
  void sizesAreReadInTheNotationOfKubernetes(String text, long bytes) {
    assertThat(ByteSize.parse(text)).contains(new ByteSize(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "64m ", "1.5Gi", "1e9", "Mi", "12345678901", "64 Mi"})
  void otherTextsAreNoSizes(String text) {
    assertThat(ByteSize.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1023", "1Ki", "1025", "128Mi", "3Gi"})
  void sizesAreWrittenAsTheyAreRead(String text) {
    assertThat(ByteSize.parse(text).orElseThrow()).hasToString(text);
  }

  @Test
  void sizesAddUpAndCompare() {
    ByteSize one = ByteSize.ofMebibytes(1);
    assertThat(one.plus(one)).isEqualTo(ByteSize.ofMebibytes(2)).isGreaterThan(one);
    assertThat(new ByteSize(0)).hasToString("0");
    assertThatThrownBy(() -> new ByteSize(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ByteSize(Long.MAX_VALUE).plus(one))
        .isInstanceOf(ArithmeticException.class);
  }
}
