package io.taskwright.activities.masking;

import java.util.List;

/**
 * Hides the end of a secret with which a text begins that was cut out of a longer one, and a text
 * that is all of it a part of a secret.
 */
final class CutStart {
  private final Automaton automaton;
  private final int least;

  /**
   * @param least how many bytes of a secret count
   */
  CutStart(Automaton automaton, int least) {
    this.automaton = automaton;
    this.least = least;
  }

  void mark(byte[] bytes, boolean[] hidden) {
    for (Beginning beginning : read(bytes)) {
      int[] borders = borders(beginning);
      int most = 0;
      for (Pattern pattern : automaton.patterns()) {
        most = Math.max(most, overlap(beginning, borders, pattern.bytes()));
      }
      if (most >= least) {
        for (int i = beginning.first; i < beginning.ends[most - 1]; i++) {
          hidden[i] = true;
        }
      }
    }
  }

  /** The text read in every way. */
  private List<Beginning> read(byte[] bytes) {
    int most = Math.min(bytes.length, automaton.mostBytes());
    List<Beginning> ways =
        List.of(new Beginning(most), new Beginning(most), new Beginning(most), new Beginning(most));
    PercentDecoder percents = new PercentDecoder(ways.get(1));
    EscapeDecoder escapes = new EscapeDecoder(ways.get(2));
    EscapeDecoder inner = new EscapeDecoder(ways.get(3));
    EscapeDecoder outer = new EscapeDecoder(inner);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '\n' && bytes[i] != '\r') {
        for (Heard way : List.of(ways.getFirst(), percents, escapes, outer)) {
          way.take(bytes[i], i, i + 1L);
        }
      }
    }
    for (Decoder decoder : List.of(percents, escapes, outer, inner)) {
      decoder.finish();
    }
    return ways;
  }

  /** The first bytes of a text, read in one way. */
  private static final class Beginning implements Heard {
    private final byte[] bytes;
    private final int[] ends;
    private int first;
    private int count;
    private boolean more;

    Beginning(int most) {
      this.bytes = new byte[most];
      this.ends = new int[most];
    }

    @Override
    public void take(byte b, long from, long to) {
      if (b == '\n' || b == '\r') {
        return;
      }
      if (count == 0) {
        first = (int) from;
      }
      if (count < bytes.length) {
        bytes[count] = b;
        ends[count] = (int) to;
        count++;
      } else {
        more = true;
      }
    }
  }

  /** For each length, how long a shorter beginning is its end, too (Knuth, Morris and Pratt). */
  private static int[] borders(Beginning beginning) {
    int[] borders = new int[beginning.count + 1];
    int border = 0;
    for (int i = 1; i < beginning.count; i++) {
      while (border > 0 && beginning.bytes[i] != beginning.bytes[border]) {
        border = borders[border];
      }
      if (beginning.bytes[i] == beginning.bytes[border]) {
        border++;
      }
      borders[i + 1] = border;
    }
    return borders;
  }

  /** How many of the first bytes are the last ones of the pattern, or lie in it with no other. */
  private static int overlap(Beginning beginning, int[] borders, byte[] pattern) {
    int matched = 0;
    for (byte b : pattern) {
      if (matched == beginning.count) {
        matched = borders[matched];
      }
      while (matched > 0 && b != beginning.bytes[matched]) {
        matched = borders[matched];
      }
      if (beginning.count > 0 && b == beginning.bytes[matched]) {
        matched++;
      }
      if (matched == beginning.count && !beginning.more) {
        return matched;
      }
    }
    return matched;
  }
}
