package io.taskwright.sandbox.wasi;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a path leads to. */
sealed interface Node permits Node.Folder, Node.Drain, Node.Source, DataFile {
  /** A folder and what is in it, by name. */
  final class Folder implements Node {
    private final Map<String, Node> children = new TreeMap<>();

    Map<String, Node> children() {
      return children;
    }
  }

  /** A file that takes bytes and gives none back. */
  record Drain(Consumer<byte[]> bytes) implements Node {}

  /** A file that gives the rest of its bytes and takes none. */
  final class Source implements Node {
    private final byte[] bytes;
    private int at;

    Source(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] next(int most) {
      int some = Math.min(most, bytes.length - at);
      byte[] next = Arrays.copyOfRange(bytes, at, at + some);
      at += some;
      return next;
    }
  }

  /** The number of the node's kind. */
  default int type() {
    return switch (this) {
      case Folder _ -> 3;
      case Drain _, Source _ -> 2;
      case DataFile _ -> 4;
    };
  }

  /** How many bytes are in it. */
  default long size() {
    return this instanceof DataFile file ? file.length() : 0;
  }
}
