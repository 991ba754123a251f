package io.taskwright.sandbox.wasi;

import io.taskwright.sandbox.wasi.Descriptors.Descriptor;
import io.taskwright.sandbox.wasi.Node.Drain;
import io.taskwright.sandbox.wasi.Node.Folder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Calls about what is open. */
final class FileCalls {
  private static final int APPEND = 1;
  private static final int ENTRY = 24;
  private static final byte[] ROOT_NAME = {'/'};

  private final Descriptors open;

  FileCalls(Descriptors open) {
    this.open = open;
  }

  void addTo(Calls calls) {
    calls.add("fd_advise", "iIIi", (_, a) -> open.get(a[0]));
    calls.refuse(Errno.NOT_SUPPORTED, "fd_allocate", "iII");
    calls.add("fd_close", "i", (_, a) -> open.close(a[0]));
    calls.add("fd_datasync", "i", (_, a) -> open.get(a[0]));
    calls.add("fd_sync", "i", (_, a) -> open.get(a[0]));
    calls.add("fd_fdstat_get", "ii", this::status);
    calls.add("fd_fdstat_set_flags", "ii", (_, a) -> open.get(a[0]).append((a[1] & APPEND) != 0));
    calls.add("fd_fdstat_set_rights", "iII", (_, a) -> open.get(a[0]));
    calls.add("fd_filestat_get", "ii", (m, a) -> stat(m, a[1], open.get(a[0]).node()));
    calls.add("fd_filestat_set_size", "iI", (_, a) -> open.get(a[0]).file().resize(a[1]));
    calls.add("fd_filestat_set_times", "iIIi", (_, a) -> open.get(a[0]));
    calls.add("fd_pread", "iiiIi", this::readAt);
    calls.add("fd_prestat_get", "ii", this::preopened);
    calls.add("fd_prestat_dir_name", "iii", this::preopenedName);
    calls.add("fd_pwrite", "iiiIi", this::writeAt);
    calls.add("fd_read", "iiii", this::read);
    calls.add("fd_readdir", "iiiIi", this::list);
    calls.add("fd_renumber", "ii", (_, a) -> open.renumber(a[0], a[1]));
    calls.add("fd_seek", "iIii", this::seek);
    calls.add("fd_tell", "ii", (m, a) -> m.longNumber(a[1], seekable(a[0]).at()));
    calls.add("fd_write", "iiii", this::write);
  }

  /** Writes what is known of a node. */
  static void stat(GuestMemory memory, long at, Node node) {
    memory.zero(at, 64);
    memory.longNumber(at + 8, System.identityHashCode(node));
    memory.one(at + 16, node.type());
    memory.longNumber(at + 24, 1);
    memory.longNumber(at + 32, node.size());
  }

  private void status(GuestMemory memory, long... a) {
    Descriptor descriptor = open.get(a[0]);
    memory.zero(a[1], 24);
    memory.one(a[1], descriptor.node().type());
    memory.half(a[1] + 2, descriptor.append() ? APPEND : 0);
    memory.longNumber(a[1] + 8, -1);
    memory.longNumber(a[1] + 16, -1);
  }

  private void preopened(GuestMemory memory, long... a) {
    onlyRoot(a[0]);
    memory.number(a[1], 0);
    memory.number(a[1] + 4, ROOT_NAME.length);
  }

  private void preopenedName(GuestMemory memory, long... a) {
    onlyRoot(a[0]);
    if (a[2] < ROOT_NAME.length) {
      throw new ErrnoException(Errno.NAME_TOO_LONG);
    }
    memory.bytes(a[1], ROOT_NAME);
  }

  private void onlyRoot(long number) {
    open.get(number);
    if (number != Descriptors.ROOT) {
      throw new ErrnoException(Errno.BAD_FILE);
    }
  }

  private void read(GuestMemory memory, long... a) {
    Descriptor descriptor = open.get(a[0]);
    int done =
        switch (descriptor.node()) {
          case Node.Source source -> memory.scatter(a[1], a[2], source::next);
          case DataFile file ->
              memory.scatter(a[1], a[2], most -> file.read(descriptor.at(), most));
          case Drain _ -> 0;
          case Folder _ -> throw new ErrnoException(Errno.IS_DIRECTORY);
        };
    descriptor.at(descriptor.at() + done);
    memory.number(a[3], done);
  }

  private void readAt(GuestMemory memory, long... a) {
    DataFile file = open.get(a[0]).file();
    long from = position(a[3]);
    memory.number(a[4], memory.scatter(a[1], a[2], most -> file.read(from, most)));
  }

  private void write(GuestMemory memory, long... a) {
    Descriptor descriptor = open.get(a[0]);
    byte[] bytes = memory.gather(a[1], a[2]);
    switch (descriptor.node()) {
      case Drain drain -> drain.bytes().accept(bytes);
      case DataFile file -> {
        long at = descriptor.append() ? file.length() : descriptor.at();
        file.write(at, bytes);
        descriptor.at(at + bytes.length);
      }
      case Node.Source _ -> throw new ErrnoException(Errno.BAD_FILE);
      case Folder _ -> throw new ErrnoException(Errno.IS_DIRECTORY);
    }
    memory.number(a[3], bytes.length);
  }

  private void writeAt(GuestMemory memory, long... a) {
    byte[] bytes = memory.gather(a[1], a[2]);
    open.get(a[0]).file().write(position(a[3]), bytes);
    memory.number(a[4], bytes.length);
  }

  private void seek(GuestMemory memory, long... a) {
    Descriptor descriptor = seekable(a[0]);
    long base =
        switch ((int) a[2]) {
          case 0 -> 0;
          case 1 -> descriptor.at();
          case 2 -> descriptor.node().size();
          default -> throw new ErrnoException(Errno.INVALID);
        };
    descriptor.at(position(base + a[1]));
    memory.longNumber(a[3], descriptor.at());
  }

  private Descriptor seekable(long number) {
    Descriptor descriptor = open.get(number);
    descriptor.file();
    return descriptor;
  }

  private static long position(long value) {
    if (value < 0) {
      throw new ErrnoException(Errno.INVALID);
    }
    return value;
  }

  /** Writes entries until the buffer is full; the last one may be cut. */
  private void list(GuestMemory memory, long... a) {
    Folder folder = open.folder(a[0]);
    int room = (int) Math.min(a[2] & 0xFFFFFFFFL, 1 << 20);
    int used = 0;
    long number = 0;
    for (Map.Entry<String, Node> child : folder.children().entrySet()) {
      number++;
      if (number <= a[3] || used >= room) {
        continue;
      }
      byte[] entry = entry(number, child.getKey(), child.getValue());
      byte[] kept = Arrays.copyOf(entry, Math.min(entry.length, room - used));
      memory.bytes(a[1] + used, kept);
      used += kept.length;
    }
    memory.number(a[4], used);
  }

  private static byte[] entry(long number, String name, Node node) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(ENTRY + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(number)
        .putLong(System.identityHashCode(node))
        .putInt(text.length)
        .putInt(node.type())
        .put(text)
        .array();
  }
}
