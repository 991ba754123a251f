package io.taskwright.activities.masking;

import java.util.Arrays;
import java.util.List;

/**
 * Finds all patterns at once, whatever they are, in one look at each byte: the automaton of Aho and
 * Corasick. A state is the longest beginning of a pattern that the bytes so far end with. It never
 * changes, so many may use it at once.
 */
final class Automaton {
  static final int START = 0;
  private static final int NONE = 0; // nothing leads back to the start
  private static final int BYTES = 256;

  private final List<Pattern> patterns;
  private final int[] first = new int[BYTES];
  private final byte[] label;
  private final int[] child;
  private final int[] sibling;
  private final int[] depth;
  private final int[] otherwise;
  private final int[] longest;
  private final boolean[] before;
  private final boolean[] after;
  private int states = 1;

  Automaton(List<Pattern> patterns) {
    this.patterns = List.copyOf(patterns);
    int most = 1 + patterns.stream().mapToInt(pattern -> pattern.bytes().length).sum();
    label = new byte[most];
    child = new int[most];
    sibling = new int[most];
    depth = new int[most];
    otherwise = new int[most];
    longest = new int[most];
    before = new boolean[most];
    after = new boolean[most];
    patterns.forEach(this::add);
    connect();
  }

  List<Pattern> patterns() {
    return patterns;
  }

  /** The bytes of the longest pattern. */
  int mostBytes() {
    return patterns.stream().mapToInt(pattern -> pattern.bytes().length).max().orElse(0);
  }

  /** The state after one byte more. */
  int next(int state, byte b) {
    int at = state;
    while (true) {
      int found = child(at, b);
      if (found != NONE || at == START) {
        return found;
      }
      at = otherwise[at];
    }
  }

  /** How many of the last bytes are the beginning of a pattern. */
  int depth(int state) {
    return depth[state];
  }

  /** The bytes of the longest pattern that ends here; 0 if none does. */
  int longest(int state) {
    return longest[state];
  }

  /** Whether the byte before that pattern belongs to it. */
  boolean before(int state) {
    return before[state];
  }

  /** Whether the byte after that pattern belongs to it. */
  boolean after(int state) {
    return after[state];
  }

  private int child(int state, byte b) {
    if (state == START) {
      return first[b & 0xFF];
    }
    int found = child[state];
    while (found != NONE && label[found] != b) {
      found = sibling[found];
    }
    return found;
  }

  private void add(Pattern pattern) {
    int state = START;
    for (byte b : pattern.bytes()) {
      int next = child(state, b);
      if (next == NONE) {
        next = states++;
        label[next] = b;
        depth[next] = depth[state] + 1;
        if (state == START) {
          first[b & 0xFF] = next;
        } else {
          sibling[next] = child[state];
          child[state] = next;
        }
      }
      state = next;
    }
    longest[state] = pattern.bytes().length;
    before[state] |= pattern.before();
    after[state] |= pattern.after();
  }

  /** Finds for each state where to go on when no pattern goes on with the next byte. */
  private void connect() {
    int[] queue = new int[states];
    int end = 0;
    for (int state : Arrays.stream(first).filter(state -> state != NONE).toArray()) {
      queue[end++] = state;
    }
    for (int at = 0; at < end; at++) {
      int state = queue[at];
      int shorter = otherwise[state];
      if (longest[state] == 0) {
        longest[state] = longest[shorter];
        before[state] = before[shorter];
      }
      after[state] |= after[shorter];
      for (int next = child[state]; next != NONE; next = sibling[next]) {
        otherwise[next] = next(shorter, label[next]);
        queue[end++] = next;
      }
    }
  }
}
