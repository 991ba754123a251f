package io.taskwright.app.supervisor;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The log of a part. The part itself writes to the file, so that what it says at its end is not
 * lost with the supervisor; therefore a large log is copied and cut, not renamed. A line that is
 * written in just that moment may be lost.
 */
public final class LogFile {
  /** A log that is larger is cut. One old copy is kept. */
  static final long LARGE_BYTES = 16L << 20;

  private static final int TAIL_BYTES = 64 << 10;
  private static final int LONGEST_LINE = 300;

  private LogFile() {}

  /** Copies the log to {@code NAME.1} and empties it, when it is large. */
  public static void rotateWhenLarge(Path log) {
    try {
      if (Files.exists(log) && Files.size(log) > LARGE_BYTES) {
        Files.copy(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        FileChannel.open(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
            .close();
      }
    } catch (IOException e) {
      // On a full disk a log cannot be kept; the service matters more.
      System.out.println("cannot rotate " + log + ": " + e);
    }
  }

  /** The last lines of a log, long ones clipped; none when there is no log. */
  public static List<String> tail(Path log, int lines) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(0, file.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      List<String> all =
          new String(bytes, StandardCharsets.UTF_8).lines().map(LogFile::clipped).toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String clipped(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + " …";
  }
}
