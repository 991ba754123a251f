package io.taskwright.activities.masking;

import java.util.Arrays;

/** Reads sequences that stand for other bytes, and hands on what they stand for. */
abstract class Decoder implements Heard {
  private static final int LONGEST = 12;

  private final Heard next;
  private final char opening;
  private final byte[] held = new byte[LONGEST];
  private final long[] from = new long[LONGEST];
  private final long[] to = new long[LONGEST];
  private int count;

  /**
   * @param opening what every sequence begins with
   */
  Decoder(char opening, Heard next) {
    this.opening = opening;
    this.next = next;
  }

  /** What the first bytes of it stand for. */
  abstract Meaning meaning(byte[] sequence, int length);

  @Override
  public final void take(byte b, long start, long end) {
    if (count == 0 && b != opening) {
      next.take(b, start, end);
      return;
    }
    held[count] = b;
    from[count] = start;
    to[count] = end;
    count++;
    switch (meaning(held, count)) {
      case Meaning.Open() -> {}
      case Meaning.None() -> giveUp();
      case Meaning.Bytes(byte[] bytes) -> {
        long first = from[0];
        count = 0;
        for (byte each : bytes) {
          next.take(each, first, end);
        }
      }
    }
  }

  /** No byte follows: what is not complete is no sequence. */
  final void finish() {
    while (count > 0) {
      giveUp();
    }
  }

  /** Where in the text the sequence begins that is not complete; the largest number if none is. */
  final long open() {
    return count == 0 ? Long.MAX_VALUE : from[0];
  }

  /** The first byte stands for itself; the others may begin a sequence. */
  private void giveUp() {
    int all = count;
    byte[] bytes = Arrays.copyOf(held, all);
    long[] starts = Arrays.copyOf(from, all);
    long[] ends = Arrays.copyOf(to, all);
    count = 0;
    next.take(bytes[0], starts[0], ends[0]);
    for (int i = 1; i < all; i++) {
      take(bytes[i], starts[i], ends[i]);
    }
  }

  /** The number that hexadecimal digits stand for, or -1. */
  static int hex(byte[] sequence, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit((char) sequence[i], 16);
      if (digit < 0) {
        return -1;
      }
      number = number << 4 | digit;
    }
    return number;
  }
}
