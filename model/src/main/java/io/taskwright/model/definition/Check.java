package io.taskwright.model.definition;

import io.taskwright.model.ByteSize;
import io.taskwright.model.file.FilePattern;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Something that must be true of the world when the work is done, and not of its output alone. */
public sealed interface Check {
  /** How many checks a definition may have. */
  int MOST = 10;

  /** How long it may take at most. */
  Duration within();

  /**
   * Files that the work must have left.
   *
   * @param atLeast how many must match, 1 or more
   * @param maxBytes what each of them may have; null for any number
   */
  record Artifact(FilePattern path, int atLeast, @Nullable ByteSize maxBytes) implements Check {
    @Override
    public Duration within() {
      return Duration.ZERO;
    }
  }

  /**
   * An answer that a server must give. It is asked again until it gives it or the time is over.
   *
   * @param url {@code http} or {@code https}, without user and fragment
   * @param status any of these, 100 to 599
   * @param expect an expression that must be true of {@code input}, {@code output} and {@code
   *     response}; null if the status is enough
   */
  record Http(
      String url, Method method, Set<Integer> status, @Nullable String expect, Duration within)
      implements Check {
    /** The longest time to ask in. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    public Http {
      status = Set.copyOf(status);
    }

    /** Both change nothing at the server. */
    public enum Method {
      GET,
      HEAD
    }
  }

  /**
   * An execution of another task of the project that must complete.
   *
   * @param version null for the newest when the definition is published
   * @param input expressions over {@code input}, {@code output} and {@code execution} by the fields
   *     that they are for; empty for the input and the output as they are
   * @param expect an expression that must be true of {@code input}, {@code output} and {@code
   *     result}, its output; null if it is enough that it completes
   * @param within its end must have come so long after its start
   */
  record Task(
      String name,
      @Nullable Integer version,
      SortedMap<String, String> input,
      @Nullable String expect,
      Duration within)
      implements Check {
    /** How many fields can be given. */
    public static final int MOST_FIELDS = 50;

    /** How long it may take, if nothing is said. */
    public static final Duration USUAL = Duration.ofMinutes(5);

    public Task {
      input = Collections.unmodifiableSortedMap(new TreeMap<>(input));
    }
  }
}
