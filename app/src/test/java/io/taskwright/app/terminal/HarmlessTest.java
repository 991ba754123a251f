package io.taskwright.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HarmlessTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  void usualTextStaysAsItIs() {
    String text = "Grüße, 我爱, 👩‍💻\tok";
    assertThat(Harmless.line(text)).isSameAs(text);
  }

  @Test
  void whatSteersTheTerminalIsShown() {
    assertThat(Harmless.line("\u001b[2J\u0007\r\n\u009b1m\u202e\u2028\uD800"))
        .isEqualTo("\\x1b[2J\\x07\\x0d\\x0a\\x9b1m\\u202e\\u2028\\ud800");
    assertThat(Harmless.line(Character.toString(0xE0001))).isEqualTo("\\U000e0001");
  }

  @Test
  void linesStayLines() {
    assertThat(Harmless.lines("a\n\tb\r\n")).isEqualTo("a\n\tb\\x0d\n");
  }

  @Test
  void jsonMeansTheSameAfterIt() {
    JsonNode value =
        JSON.createObjectNode().put("k\u202e", "\u001b\u009b" + Character.toString(0xE0001));
    String shown = Documents.json(value);
    assertThat(shown).doesNotContain("\u001b", "\u009b", "\u202e");
    assertThat(JSON.readTree(shown)).isEqualTo(value);
    assertThat(JSON.readTree(Documents.jsonLine(value))).isEqualTo(value);
    assertThat(Documents.jsonLine(value).lines()).hasSize(1);
  }

  @Test
  void listsInYamlBeginAtTheLeft() {
    assertThat(Documents.yaml(JSON.readTree("[{\"a\":\"x\\ny\\n\",\"b\":[1]}]")))
        .isEqualTo("- a: |\n    x\n    y\n  b:\n    - 1\n");
  }
}
