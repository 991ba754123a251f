package io.taskwright.sandbox.wasi;

import io.taskwright.sandbox.wasi.Node.Folder;
import java.util.TreeMap;

/** What a program has open, by number. */
final class Descriptors {
  /** The number of the root folder: the first after the streams. */
  static final int ROOT = 3;

  private static final int MOST = 1024;

  private final TreeMap<Integer, Descriptor> open = new TreeMap<>();

  /** Something that is open, and where reading and writing go on in it. */
  static final class Descriptor {
    private final Node node;
    private boolean append;
    private long at;

    Descriptor(Node node, boolean append) {
      this.node = node;
      this.append = append;
    }

    Node node() {
      return node;
    }

    boolean append() {
      return append;
    }

    void append(boolean value) {
      append = value;
    }

    long at() {
      return at;
    }

    void at(long value) {
      at = value;
    }

    DataFile file() {
      return switch (node) {
        case DataFile file -> file;
        case Folder _ -> throw new ErrnoException(Errno.IS_DIRECTORY);
        case Node.Drain _, Node.Source _ -> throw new ErrnoException(Errno.NO_SEEK);
      };
    }
  }

  Descriptors(Node stdin, Node stdout, Node stderr, Folder root) {
    open.put(0, new Descriptor(stdin, false));
    open.put(1, new Descriptor(stdout, true));
    open.put(2, new Descriptor(stderr, true));
    open.put(ROOT, new Descriptor(root, false));
  }

  Descriptor get(long number) {
    Descriptor found = open.get((int) number);
    if (found == null) {
      throw new ErrnoException(Errno.BAD_FILE);
    }
    return found;
  }

  Folder folder(long number) {
    return FileTree.folder(get(number).node());
  }

  int add(Descriptor descriptor) {
    if (open.size() >= MOST) {
      throw new ErrnoException(Errno.TOO_MANY_FILES);
    }
    int number = ROOT + 1;
    while (open.containsKey(number)) {
      number++;
    }
    open.put(number, descriptor);
    return number;
  }

  void close(long number) {
    get(number);
    open.remove((int) number);
  }

  void renumber(long from, long to) {
    Descriptor moved = get(from);
    get(to);
    open.remove((int) from);
    open.put((int) to, moved);
  }

  boolean uses(Node node) {
    return open.values().stream().anyMatch(descriptor -> descriptor.node().equals(node));
  }
}
