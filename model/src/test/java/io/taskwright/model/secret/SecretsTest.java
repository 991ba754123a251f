package io.taskwright.model.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @Test
  void aValueNeverShowsItself() {
    SecretValue secret = new SecretValue("hunter22");
    assertThat(secret.toString()).isEqualTo("***");
    assertThat(String.valueOf(secret)).doesNotContain("hunter22");
  }

  @Test
  void whatCannotBeKeptOrHiddenIsNoValue() {
    assertThat(SecretValue.flaw("abcd")).isEmpty();
    assertThat(SecretValue.flaw("ä€")).isEmpty();
    assertThat(SecretValue.flaw("x".repeat(SecretValue.MOST_BYTES))).isEmpty();
    assertThat(SecretValue.flaw("abc")).get().asString().contains("at least 4 bytes");
    assertThat(SecretValue.flaw("a\r\n\nbc")).isPresent();
    assertThat(SecretValue.flaw("x".repeat(SecretValue.MOST_BYTES + 1))).isPresent();
    assertThat(SecretValue.flaw("abc\0def")).get().asString().contains("U+0000");
  }

  @Test
  void aNameIsTakenAsItIsWritten() {
    assertThat(SecretName.parse("API_TOKEN_2")).contains(new SecretName("API_TOKEN_2"));
    assertThat(new SecretName("A")).hasToString("A");
    assertThat(SecretName.parse("A".repeat(63))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1A", "_A", "A-B", "A B", "A\n", "../A", "Ä", "A."})
  void anythingElseIsNoName(String text) {
    assertThat(SecretName.parse(text)).isEmpty();
    assertThatThrownBy(() -> new SecretName(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
