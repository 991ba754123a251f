package io.taskwright.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseParserTest {
  private static List<SseEvent> parse(String text) {
    return new SseParser().accept(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anEventCountsWhenItsEmptyLineHasCome() {
    assertThat(parse("id: 1\nevent: log\ndata: {}\n")).isEmpty();
    assertThat(parse("id: 1\nevent: log\ndata: {}\n\n"))
        .containsExactly(new SseEvent("1", "log", "{}"));
  }

  @Test
  void piecesMayBreakAnywhereEvenWithinACharacter() {
    SseParser parser = new SseParser();
    List<SseEvent> events = new ArrayList<>();
    for (byte b : "id:7\r\ndata:grüße €\r\n\r\n".getBytes(StandardCharsets.UTF_8)) {
      events.addAll(parser.accept(new byte[] {b}));
    }
    assertThat(events).containsExactly(new SseEvent("7", "message", "grüße €"));
  }

  @Test
  void allThreeEndsOfLinesAreUnderstood() {
    assertThat(parse("data:a\r\rdata:b\n\ndata:c\r\n\r\n"))
        .extracting(SseEvent::data)
        .containsExactly("a", "b", "c");
  }

  @Test
  void linesOfDataAreJoined() {
    assertThat(parse("data: a\ndata\ndata:  b\n\n"))
        .extracting(SseEvent::data)
        .containsExactly("a\n\n b");
  }

  @Test
  void commentsAndUnknownFieldsAreNothing() {
    assertThat(parse(": ping\n\nretry: 5\n\n\uFEFFdata: no\n\nevent: x\n\n")).isEmpty();
    assertThat(parse("\uFEFFdata: yes\n\n")).extracting(SseEvent::data).containsExactly("yes");
  }

  @Test
  void anIdHoldsUntilTheNextAndHasNoNul() {
    assertThat(parse("id:4\ndata:a\n\ndata:b\n\nid:5\0\ndata:c\n\n"))
        .extracting(SseEvent::id)
        .containsExactly("4", "4", "4");
  }
}
