package io.taskwright.activities.masking;

import java.util.Arrays;

/**
 * Looks for patterns in bytes, and notes where in the text they stand. Line breaks do not count.
 */
final class Matcher implements Heard {
  private static final int FIRST_CAPACITY = 64;

  private final Automaton automaton;
  private final Ranges found = new Ranges();
  private final int mostKept;

  /** Where the last bytes begin in the text; a ring. */
  private long[] starts = new long[FIRST_CAPACITY];

  private long count;
  private long end;
  private int state = Automaton.START;
  private boolean nextToo;

  Matcher(Automaton automaton) {
    this.automaton = automaton;
    this.mostKept = automaton.mostBytes() + 2;
  }

  @Override
  public void take(byte b, long from, long to) {
    end = to;
    if (b == '\n' || b == '\r') {
      return;
    }
    if (count == starts.length && starts.length < mostKept) {
      starts = Arrays.copyOf(starts, 2 * starts.length); // full for the first time: in order
    }
    starts[(int) (count & (starts.length - 1))] = from;
    count++;
    if (nextToo) {
      found.add(from, to);
      nextToo = false;
    }
    state = automaton.next(state, b);
    int length = automaton.longest(state);
    if (length > 0) {
      found.add(begin(length + (automaton.before(state) ? 1 : 0)), to);
      nextToo = automaton.after(state);
    }
  }

  /** The places found. */
  Ranges found() {
    return found;
  }

  /**
   * Where in the text that begins which may become a pattern; the largest number if nothing does.
   *
   * @param least how many bytes of it must have come to count
   */
  long open(int least) {
    int depth = automaton.depth(state);
    return depth < least ? Long.MAX_VALUE : begin(depth + 1);
  }

  /** The text was cut off here: what begins a pattern counts as one. */
  void cut(int least) {
    if (automaton.depth(state) >= least) {
      found.add(begin(automaton.depth(state)), end);
    }
  }

  private long begin(int bytesAgo) {
    long index = Math.max(0, count - bytesAgo);
    return starts[(int) (index & (starts.length - 1))];
  }
}
