package io.taskwright.bench.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Threads of a Java process, as the kernel sees them. */
final class Threads {
  /** HotSpot's names for them, cut to fifteen characters by the kernel. */
  private static final Pattern COMPILER = Pattern.compile("\\((C1|C2) CompilerThre");

  private Threads() {}

  /** What the compilers have used; of one that has ended nothing is known. */
  static Duration compilers(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads
          .map(Threads::stat)
          .filter(Threads::isCompiler)
          .map(stat -> ProcessTimes.parse(stat).own())
          .reduce(Duration.ZERO, Duration::plus);
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + " is gone", e);
    }
  }

  static boolean isCompiler(String stat) {
    return COMPILER.matcher(stat).find();
  }

  private static String stat(Path thread) {
    try {
      return Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended
    }
  }
}
