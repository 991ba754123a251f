package io.taskwright.activities.masking;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Hides secrets in the lines of one stream, also those that go over several lines. A line whose end
 * may begin a secret waits for what follows.
 */
final class MaskedLines {
  /** A longer line comes in pieces of about so many bytes, and a piece may end anywhere. */
  private static final int PIECE = (64 << 10) - 8;

  private final Scan scan;
  private final Consumer<String> next;
  private final Deque<Line> held = new ArrayDeque<>();

  @SuppressWarnings("ArrayRecordComponent") // the text's own bytes, never compared
  private record Line(String text, byte[] bytes, long start) {
    long end() {
      return start + bytes.length;
    }
  }

  MaskedLines(Automaton automaton, Consumer<String> next) {
    this.scan = new Scan(automaton);
    this.next = next;
  }

  void take(String text) {
    Line line = new Line(text, text.getBytes(StandardCharsets.UTF_8), scan.position());
    held.add(line);
    scan.take(line.bytes());
    release(scan.known(line.bytes().length >= PIECE ? 1 : Scan.TELLING));
  }

  /** No line follows; the last one may have been cut off. */
  void finish() {
    scan.cutOff();
    release(scan.position());
  }

  private void release(long known) {
    while (!held.isEmpty() && held.getFirst().end() <= known) {
      Line line = held.removeFirst();
      next.accept(scan.masked(line.text(), line.bytes(), line.start()));
    }
  }
}
