package io.taskwright.model.file;

import io.taskwright.model.ByteSize;
import java.util.List;

/**
 * The files that a program leaves and the service keeps.
 *
 * @param patterns which ones, relative to the working directory
 * @param most how many at most
 * @param mostBytes of all together
 */
public record OutputFiles(List<FilePattern> patterns, int most, ByteSize mostBytes) {
  /** How many patterns there may be. */
  public static final int MOST_PATTERNS = 50;

  /** How many files, unless the definition says otherwise. */
  public static final int USUAL_COUNT = 100;

  /** How many bytes, unless the definition says otherwise. */
  public static final ByteSize USUAL_BYTES = ByteSize.ofMebibytes(100);

  /** No file is kept. */
  public static final OutputFiles NONE = new OutputFiles(List.of(), 0, new ByteSize(0));

  public OutputFiles {
    patterns = List.copyOf(patterns);
  }

  /** Tells whether none is kept. */
  public boolean none() {
    return patterns.isEmpty();
  }

  /** Tells whether the file is meant by one of the patterns. */
  public boolean include(String path) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(path));
  }
}
