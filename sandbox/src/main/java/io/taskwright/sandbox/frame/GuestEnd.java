package io.taskwright.sandbox.frame;

import io.taskwright.model.ByteSize;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a program ended, seen from inside its environment.
 *
 * @param code the exit code, the signal's number, or the errno of what could not be done
 * @param hits what was asked for, broken or seen on the way
 * @param wall from the program's start to its end
 * @param cpu processor time of all processes that were waited for
 * @param memory the most that was seen at once, files not counted; short peaks are missed
 * @param log bytes of stdout, stderr and progress
 * @param peak the most that the kernel counted at once, files counted; 0 if it was not asked
 * @param text for people; empty unless the program did not start
 */
public record GuestEnd(
    Kind kind,
    int code,
    Set<Hit> hits,
    Output output,
    Duration wall,
    Duration cpu,
    ByteSize memory,
    ByteSize disk,
    long files,
    ByteSize log,
    ByteSize peak,
    String text) {
  /** The way it ended, in the order of the protocol. */
  public enum Kind {
    NOT_STARTED,
    EXITED,
    SIGNALED
  }

  /** What happened on the way, in the order of the protocol's bits. */
  public enum Hit {
    /** The host asked it to stop while it ran. */
    STOP,
    /** Killed at the end of its time. */
    WALL,
    /** Killed because its processes held too much memory. */
    MEMORY,
    /** Killed because it said too much. */
    LOG,
    /** Killed because it had too many files. */
    FILES,
    /** No space was left for its files when somebody looked; it was not killed for that. */
    NO_SPACE,
    /** No file could be added when somebody looked; it was not killed for that. */
    NO_FILES,
    /** Killed because the kernel had killed a process of it when memory was used up. */
    OUT_OF_MEMORY,
    /** Killed because the kernel had refused it a process or thread. */
    PROCESSES,
    /** Killed because it used more processor time than it may. */
    CPU
  }

  /** What its output file was, in the order of the protocol. */
  public enum Output {
    NONE,
    READ,
    TOO_LARGE,
    NOT_A_FILE
  }

  private static final int FIELDS = 11;

  public GuestEnd {
    hits = Set.copyOf(hits);
  }

  static GuestEnd parse(byte[] payload) {
    if (payload.length < FIELDS * Long.BYTES) {
      throw new MalformedFrameException("the last frame has only " + payload.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(payload);
    Kind kind = value(Kind.values(), buffer.getLong());
    int code = (int) buffer.getLong();
    Set<Hit> hits = hits(buffer.getLong());
    Output output = value(Output.values(), buffer.getLong());
    return new GuestEnd(
        kind,
        code,
        hits,
        output,
        Duration.of(buffer.getLong(), ChronoUnit.MICROS),
        Duration.of(buffer.getLong(), ChronoUnit.MICROS),
        new ByteSize(buffer.getLong()),
        new ByteSize(buffer.getLong()),
        buffer.getLong(),
        new ByteSize(buffer.getLong()),
        new ByteSize(buffer.getLong()),
        StandardCharsets.UTF_8.decode(buffer).toString());
  }

  private static Set<Hit> hits(long bits) {
    Set<Hit> hits = EnumSet.noneOf(Hit.class);
    for (int i = 0; i < Hit.values().length; i++) {
      if ((bits & 1L << i) != 0) {
        hits.add(Hit.values()[i]);
      }
    }
    return hits;
  }

  private static <T> T value(T[] values, long index) {
    if (index < 0 || index >= values.length) {
      throw new MalformedFrameException("no such value in the last frame: " + index);
    }
    return values[(int) index];
  }
}
