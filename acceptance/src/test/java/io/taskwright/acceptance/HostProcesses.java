package io.taskwright.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the host shows of its processes to whoever looks. */
final class HostProcesses {
  private HostProcesses() {}

  /** The command line of each process. */
  static List<String> commandLines() {
    return contents("cmdline");
  }

  /** The environment of each process. */
  static List<String> environments() {
    return contents("environ");
  }

  private static List<String> contents(String file) {
    try (Stream<Path> folders = Files.list(Path.of("/proc"))) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("[0-9]+"))
          .map(folder -> content(folder.resolve(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // its process has ended
    }
  }
}
