package io.taskwright.sandbox.layer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Brings files to the disk, so that a name never outlives a power failure without its content. */
final class Durability {
  private Durability() {}

  /** Everything below the folder, and the folder. */
  static void force(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.toList();
    }
    for (Path one : all.reversed()) {
      if (Files.isDirectory(one)) {
        forceFolder(one);
      } else {
        try (FileChannel channel = FileChannel.open(one, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
  }

  /** The names in the folder. */
  static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
