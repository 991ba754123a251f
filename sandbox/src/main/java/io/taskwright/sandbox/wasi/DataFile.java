package io.taskwright.sandbox.wasi;

import java.util.Arrays;

/** A file in memory. Bytes that it was made with are shared until something is written. */
final class DataFile implements Node {
  private final Room room;
  private byte[] bytes;
  private int length;

  /** How much of the array is counted as this file's own. */
  private int owned;

  DataFile(Room room, byte[] shared) {
    this.room = room;
    this.bytes = shared;
    this.length = shared.length;
  }

  int length() {
    return length;
  }

  byte[] read(long from, int most) {
    if (from >= length) {
      return new byte[0];
    }
    int start = (int) from;
    return Arrays.copyOfRange(bytes, start, start + Math.min(most, length - start));
  }

  void write(long at, byte[] more) {
    long end = at + more.length;
    if (at < 0 || end > Integer.MAX_VALUE - 64) {
      throw new ErrnoException(Errno.NO_SPACE);
    }
    own((int) Math.max(end, length));
    System.arraycopy(more, 0, bytes, (int) at, more.length);
    length = (int) Math.max(end, length);
  }

  void resize(long size) {
    if (size < 0 || size > Integer.MAX_VALUE - 64) {
      throw new ErrnoException(Errno.NO_SPACE);
    }
    own((int) size);
    if (size < length) {
      Arrays.fill(bytes, (int) size, Math.min(length, bytes.length), (byte) 0);
    }
    length = (int) size;
  }

  /** Nobody reaches it any more. */
  void drop() {
    room.giveBack(owned);
    owned = 0;
    bytes = new byte[0];
    length = 0;
  }

  private void own(int least) {
    if (owned > 0 && least <= bytes.length) {
      return;
    }
    int capacity = (int) Math.min(Integer.MAX_VALUE - 64, Math.max(least, bytes.length * 3L / 2));
    int wanted = owned == 0 ? Math.max(least, 64) : capacity;
    if (!room.take(wanted - owned)) {
      wanted = Math.max(least, 64);
      if (wanted < owned || !room.take(wanted - owned)) {
        throw new ErrnoException(Errno.NO_SPACE);
      }
    }
    bytes = Arrays.copyOf(bytes, wanted);
    owned = wanted;
  }
}
