package io.taskwright.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or disk.
 *
 * @param bytes at least 0
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,9})(Ki|Mi|Gi|k|M|G)?");

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative: " + bytes);
    }
  }

  /** So many binary megabytes of 1,048,576 bytes. */
  public static ByteSize ofMebibytes(long count) {
    return new ByteSize(count << 20);
  }

  /**
   * Reads the notation of Kubernetes quantities: a whole number, then {@code Ki}, {@code Mi},
   * {@code Gi} (powers of 1024) or {@code k}, {@code M}, {@code G} (powers of 1000) or nothing
   * (bytes).
   */
  public static Optional<ByteSize> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long unit =
        switch (matcher.group(2)) {
          case "Ki" -> 1L << 10;
          case "Mi" -> 1L << 20;
          case "Gi" -> 1L << 30;
          case "k" -> 1_000L;
          case "M" -> 1_000_000L;
          case "G" -> 1_000_000_000L;
          case null, default -> 1L;
        };
    return Optional.of(new ByteSize(Long.parseLong(matcher.group(1)) * unit));
  }

  /** The sum of two sizes. */
  public ByteSize plus(ByteSize other) {
    return new ByteSize(Math.addExact(bytes, other.bytes));
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** The shortest exact notation that {@link #parse} reads. */
  @Override
  public String toString() {
    if (bytes > 0 && bytes % (1L << 30) == 0) {
      return (bytes >> 30) + "Gi";
    }
    if (bytes > 0 && bytes % (1L << 20) == 0) {
      return (bytes >> 20) + "Mi";
    }
    if (bytes > 0 && bytes % (1L << 10) == 0) {
      return (bytes >> 10) + "Ki";
    }
    return Long.toString(bytes);
  }
}
