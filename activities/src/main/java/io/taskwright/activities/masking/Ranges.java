package io.taskwright.activities.masking;

import java.util.Arrays;

/** Places in a text, apart from each other and in order. */
final class Ranges {
  private static final int FIRST_CAPACITY = 8;

  private long[] from = new long[FIRST_CAPACITY];
  private long[] to = new long[FIRST_CAPACITY];
  private int first;
  private int end;

  /** Adds a place that ends no earlier than all before it. */
  void add(long start, long stop) {
    long least = start;
    while (end > first && to[end - 1] >= least) {
      end--;
      least = Math.min(least, from[end]);
    }
    if (end == from.length) {
      int kept = end - first;
      int capacity = kept > from.length / 2 ? 2 * from.length : from.length;
      from = Arrays.copyOf(Arrays.copyOfRange(from, first, end), capacity);
      to = Arrays.copyOf(Arrays.copyOfRange(to, first, end), capacity);
      first = 0;
      end = kept;
    }
    from[end] = least;
    to[end] = stop;
    end++;
  }

  /** Marks the places in a part of the text. */
  void mark(boolean[] marks, long start) {
    for (int i = first; i < end && from[i] < start + marks.length; i++) {
      long a = Math.max(from[i], start) - start;
      long b = Math.min(to[i] - start, marks.length);
      for (long at = a; at < b; at++) {
        marks[(int) at] = true;
      }
    }
  }

  /** Forgets what ends before that. */
  void forget(long before) {
    while (first < end && to[first] <= before) {
      first++;
    }
  }
}
