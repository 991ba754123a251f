package io.taskwright.sandbox.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.sandbox.conformance.Told;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressLinesTest {
  private final Told told = new Told();
  private final ProgressLines lines = new ProgressLines(told);

  @Test
  void readsFractionAndMessage() {
    accept(
        """
        {"fraction":0,"message":"start"}

        {"fraction":0.5}
        {"fraction":1,"message":"done","more":[1]}\
        """);
    assertThat(told.progress()).containsExactly("0.0 start", "0.5 ", "1.0 done");
    assertThat(told.system()).isEmpty();
  }

  @Test
  void ignoresEverythingElseAndSaysSoOnce() {
    accept(
        """
        {"fraction":1.1}
        {"fraction":-0.1}
        {"fraction":"half"}
        []
        nonsense
        {"message":"x"}
        {"fraction":1e999}
        """);
    assertThat(told.progress()).isEmpty();
    assertThat(told.system()).hasSize(1);
  }

  @Test
  void cutsALongMessage() {
    accept("{\"fraction\":0.1,\"message\":\"" + "x".repeat(5000) + "\"}");
    assertThat(told.progress()).containsExactly("0.1 " + "x".repeat(1024));
  }

  private void accept(String text) {
    lines.accept(text.getBytes(StandardCharsets.UTF_8));
    lines.finish();
  }
}
