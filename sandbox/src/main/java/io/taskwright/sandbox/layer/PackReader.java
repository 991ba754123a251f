package io.taskwright.sandbox.layer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts a pack, in which files come out of an environment, into its files. Everything in it is a
 * stranger's word.
 *
 * <p>A file is a byte of kind (1, or 2 if it can be run), two bytes of the path's length, eight of
 * the content's, the path in UTF-8, the content. A head of kind 0 closes the pack.
 */
final class PackReader implements Consumer<byte[]> {
  private static final int HEAD = 11;
  private static final int LONGEST_PATH = 1024;
  private static final int END = 0;
  private static final int EXECUTABLE = 2;

  /** Takes the files, one after another. */
  interface Files {
    /** A file begins. */
    void begin(String path, boolean executable, long size);

    /** The next bytes of it. */
    void content(byte[] bytes, int offset, int length);

    /** It is whole. */
    void end();
  }

  private enum Part {
    HEAD,
    PATH,
    CONTENT,
    NOTHING
  }

  private final Files files;
  private Part part = Part.HEAD;
  private byte[] text = new byte[HEAD];
  private int have;
  private boolean executable;
  private long left;

  PackReader(Files files) {
    this.files = files;
  }

  /** Whether the pack was closed. */
  boolean whole() {
    return part == Part.NOTHING;
  }

  @Override
  public void accept(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      at +=
          switch (part) {
            case HEAD -> gather(bytes, at, this::head);
            case PATH -> gather(bytes, at, this::path);
            case CONTENT -> content(bytes, at);
            case NOTHING -> throw new BadPackException("something follows its end");
          };
    }
  }

  private int gather(byte[] bytes, int at, Runnable then) {
    int some = Math.min(bytes.length - at, text.length - have);
    System.arraycopy(bytes, at, text, have, some);
    have += some;
    if (have == text.length) {
      then.run();
    }
    return some;
  }

  private int content(byte[] bytes, int at) {
    int some = (int) Math.min(bytes.length - at, left);
    files.content(bytes, at, some);
    left -= some;
    if (left == 0) {
      next();
    }
    return some;
  }

  private void head() {
    ByteBuffer head = ByteBuffer.wrap(text);
    int kind = head.get();
    int pathLength = Short.toUnsignedInt(head.getShort());
    left = head.getLong();
    if (kind < END || kind > EXECUTABLE) {
      throw new BadPackException("there is no entry of kind " + kind);
    }
    if (kind == END) {
      part = Part.NOTHING;
      return;
    }
    if (pathLength == 0 || pathLength > LONGEST_PATH || left < 0) {
      throw new BadPackException(
          "a path of " + pathLength + " bytes, a content of " + left + " bytes");
    }
    executable = kind == EXECUTABLE;
    expect(Part.PATH, pathLength);
  }

  private void path() {
    files.begin(decoded(text), executable, left);
    part = Part.CONTENT;
    if (left == 0) {
      next();
    }
  }

  private void next() {
    files.end();
    expect(Part.HEAD, HEAD);
  }

  private void expect(Part next, int length) {
    part = next;
    text = new byte[length];
    have = 0;
  }

  private static String decoded(byte[] path) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(path));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new BadPackException("a path is not encoded in UTF-8");
    }
  }
}
