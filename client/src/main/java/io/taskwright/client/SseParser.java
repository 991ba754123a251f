package io.taskwright.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads server-sent events out of bytes that come in pieces (WHATWG HTML, section 9.2). An event
 * counts when its empty line has come; what breaks off before is nothing.
 */
final class SseParser {
  private static final int LONGEST_LINE = 16 << 20;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private boolean afterReturn;
  private boolean first = true;
  private boolean hasData;
  private String id = "";
  private String type = "";

  /** Takes the next bytes, and gives the events that they complete. */
  List<SseEvent> accept(byte[] bytes) {
    List<SseEvent> events = new ArrayList<>();
    for (byte b : bytes) {
      if (b == '\n' && afterReturn) {
        afterReturn = false; // the second half of one line's end
      } else if (b == '\n' || b == '\r') {
        afterReturn = b == '\r';
        endOfLine(events);
      } else {
        afterReturn = false;
        if (line.size() < LONGEST_LINE) {
          line.write(b);
        }
      }
    }
    return events;
  }

  private void endOfLine(List<SseEvent> events) {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (first && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    first = false;
    if (!text.isEmpty()) {
      field(text);
      return;
    }
    if (hasData) {
      events.add(new SseEvent(id, type.isEmpty() ? "message" : type, data.toString()));
    }
    data.setLength(0);
    hasData = false;
    type = "";
  }

  private void field(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    switch (name) {
      case "data" -> {
        data.append(hasData ? "\n" : "").append(value);
        hasData = true;
      }
      case "event" -> type = value;
      case "id" -> id = value.indexOf('\0') < 0 ? value : id;
      default -> {} // comments, and what later versions may add
    }
  }
}
