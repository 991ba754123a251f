package io.taskwright.sandbox.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines of text. A line that is too long comes in pieces; what is no UTF-8, and
 * NUL, comes as U+FFFD.
 */
public final class LineSplitter {
  private final int longest;
  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);

  /**
   * Hands each line to the consumer, without its end.
   *
   * @param longest bytes of a piece, at least 4
   */
  public LineSplitter(int longest, Consumer<String> lines) {
    this.longest = longest;
    this.lines = lines;
  }

  /** Takes the next bytes. */
  public void accept(byte[] bytes) {
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        append(bytes, start, i);
        emit(line.size());
        start = i + 1;
      }
    }
    append(bytes, start, bytes.length);
  }

  /** The bytes end here: hands on what has no end of line. */
  public void finish() {
    if (line.size() > 0) {
      emit(line.size());
    }
  }

  private void append(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int some = Math.min(to - at, longest - line.size());
      line.write(bytes, at, some);
      at += some;
      if (line.size() == longest && at < to) {
        emitPiece();
      }
    }
  }

  /** A piece does not end inside a character. */
  private void emitPiece() {
    byte[] bytes = line.toByteArray();
    int end = bytes.length;
    for (int back = 1; back <= 3; back++) {
      int b = bytes[bytes.length - back] & 0xFF;
      if (b >= 0xC0) {
        int width = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
        end = width > back ? bytes.length - back : bytes.length;
        break;
      }
      if (b < 0x80) {
        break;
      }
    }
    emit(end);
    line.write(bytes, end, bytes.length - end);
  }

  private void emit(int length) {
    String text = new String(line.toByteArray(), 0, length, StandardCharsets.UTF_8);
    line.reset();
    int end = text.endsWith("\r") ? text.length() - 1 : text.length();
    lines.accept(text.substring(0, end).replace('\0', '\uFFFD'));
  }
}
