package io.taskwright.sandbox.wasi;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import run.endive.runtime.Memory;

/** The module's memory as its calls see it. What lies outside of it traps. */
record GuestMemory(Memory memory) {
  private static final int MOST_VECTORS = 1024;

  /** One call moves at most so much; programs go on with the rest. */
  private static final int MOST_AT_ONCE = 1 << 20;

  private static final int LONGEST_TEXT = 4096;

  String text(long address, long length) {
    if (length > LONGEST_TEXT || length < 0) {
      throw new ErrnoException(Errno.NAME_TOO_LONG);
    }
    byte[] bytes = memory.readBytes((int) address, (int) length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  void bytes(long address, byte[] bytes) {
    memory.write((int) address, bytes, 0, bytes.length);
  }

  void number(long address, long value) {
    memory.writeI32((int) address, (int) value);
  }

  void longNumber(long address, long value) {
    memory.writeLong((int) address, value);
  }

  void half(long address, int value) {
    memory.writeShort((int) address, (short) value);
  }

  void one(long address, int value) {
    memory.writeByte((int) address, (byte) value);
  }

  void zero(long address, int length) {
    memory.fill((byte) 0, (int) address, (int) address + length);
  }

  /** The bytes of a list of vectors, as many as one call moves. */
  byte[] gather(long vectors, long count) {
    int[] sizes = sizes(vectors, count);
    byte[] all = new byte[total(sizes)];
    int at = 0;
    for (int i = 0; i < sizes.length; i++) {
      byte[] some = memory.readBytes(memory.readInt((int) vectors + 8 * i), sizes[i]);
      System.arraycopy(some, 0, all, at, some.length);
      at += some.length;
    }
    return all;
  }

  /** Fills a list of vectors with what the source gives for that many bytes; tells how much. */
  int scatter(long vectors, long count, Function<Integer, byte[]> source) {
    int[] sizes = sizes(vectors, count);
    byte[] all = source.apply(total(sizes));
    int at = 0;
    for (int i = 0; i < sizes.length && at < all.length; i++) {
      int some = Math.min(sizes[i], all.length - at);
      memory.write(memory.readInt((int) vectors + 8 * i), all, at, some);
      at += some;
    }
    return at;
  }

  private int[] sizes(long vectors, long count) {
    if (count < 0 || count > MOST_VECTORS) {
      throw new ErrnoException(Errno.INVALID);
    }
    int[] sizes = new int[(int) count];
    int left = MOST_AT_ONCE;
    for (int i = 0; i < count; i++) {
      long size = memory.readInt((int) vectors + 8 * i + 4) & 0xFFFFFFFFL;
      sizes[i] = (int) Math.min(size, left);
      left -= sizes[i];
    }
    return sizes;
  }

  private static int total(int[] sizes) {
    int total = 0;
    for (int size : sizes) {
      total += size;
    }
    return total;
  }
}
