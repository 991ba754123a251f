package io.taskwright.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LiveLinesTest {
  private final StringWriter text = new StringWriter();

  private LiveLines on(Terminal terminal) {
    return new LiveLines(new PrintWriter(text), terminal);
  }

  @Test
  void progressIsALineWhereNobodyWatches() {
    LiveLines lines = on(Terminal.NONE);
    lines.progress(0.5, "half\u001b");
    lines.progress(0.501, "half\u001b");
    lines.progress(1, "");
    lines.line("done");
    lines.end();
    assertThat(text).hasToString(" 50 %  half\\x1b\n100 %\ndone\n");
  }

  @Test
  void theBarStaysBelowTheLines() {
    LiveLines lines = on(new Terminal(true, 40, false));
    lines.progress(0.5, "a message that is too long");
    String bar = "[############------------]  50 %  a me…";
    assertThat(text).hasToString("\r\u001b[K" + bar);
    text.getBuffer().setLength(0);
    lines.line("hello");
    assertThat(text).hasToString("\r\u001b[Khello\n" + bar);
    text.getBuffer().setLength(0);
    lines.end();
    lines.end();
    assertThat(text).hasToString("\r\u001b[K");
  }

  @Test
  void colorsAreForTerminals() {
    assertThat(on(Terminal.NONE).paint().red("x")).isEqualTo("x");
    assertThat(on(new Terminal(true, 40, true)).paint().red("x")).isEqualTo("\u001b[31mx\u001b[0m");
  }
}
