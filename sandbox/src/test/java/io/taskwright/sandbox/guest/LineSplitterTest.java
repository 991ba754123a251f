package io.taskwright.sandbox.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();

  @Test
  void cutsAtLineEndsWhereverTheBytesAreCut() {
    byte[] text = "one\ntwo\r\n\nübung\nlast".getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size <= text.length; size++) {
      assertThat(split(100, text, size)).containsExactly("one", "two", "", "übung", "last");
    }
  }

  @Test
  void handsOnALongLineInPiecesOfWholeCharacters() {
    byte[] text = "aéé€€🌍🌍zzz".getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size <= text.length; size++) {
      for (int longest = 4; longest < 24; longest++) {
        List<String> pieces = split(longest, text, size);
        int most = longest;
        assertThat(String.join("", pieces)).isEqualTo("aéé€€🌍🌍zzz");
        assertThat(pieces).allMatch(piece -> piece.getBytes(StandardCharsets.UTF_8).length <= most);
      }
    }
  }

  @Test
  void replacesWhatIsNoText() {
    assertThat(split(100, new byte[] {'a', 0, (byte) 0xFF, 'b', '\n'}, 5))
        .containsExactly("a\uFFFD\uFFFDb");
    byte[] continuations = new byte[64];
    Arrays.fill(continuations, (byte) 0x80);
    assertThat(String.join("", split(16, continuations, 64))).isEqualTo("\uFFFD".repeat(64));
  }

  @Test
  void saysNothingOfNothing() {
    assertThat(split(10, new byte[0], 1)).isEmpty();
  }

  private List<String> split(int longest, byte[] bytes, int size) {
    lines.clear();
    LineSplitter splitter = new LineSplitter(longest, lines::add);
    for (int at = 0; at < bytes.length; at += size) {
      splitter.accept(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
    }
    splitter.finish();
    return List.copyOf(lines);
  }
}
