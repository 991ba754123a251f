package io.taskwright.sandbox.javascript;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the module itself writes to stderr before it traps: a Rust panic around the error of the
 * program. It is kept out of the log, and the error taken out of it.
 */
final class PanicText {
  private static final byte[] START = "\nthread '".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern ERROR =
      Pattern.compile("`Err` value: (.*?)\\s*(?:note: run with|$)", Pattern.DOTALL);

  private static final int MOST = 16384;

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  /** Takes the bytes if they belong to a panic. */
  boolean takes(byte[] bytes) {
    boolean starts =
        text.size() > 0
            || (bytes.length >= START.length
                && Arrays.equals(bytes, 0, START.length, START, 0, START.length));
    boolean fits = text.size() + bytes.length <= MOST;
    if (starts && fits) {
      text.writeBytes(bytes);
    }
    return starts && fits;
  }

  /** What was taken, if it was no panic after all: the module lives. */
  byte[] giveBack() {
    byte[] taken = text.toByteArray();
    text.reset();
    return taken;
  }

  /** The program's error, with where it happened. */
  Optional<String> message() {
    Matcher matcher = ERROR.matcher(text.toString(StandardCharsets.UTF_8));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
