package io.taskwright.sandbox.frame;

import io.taskwright.model.file.FilePattern;
import io.taskwright.model.file.OutputFiles;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Tells the warden what to run; the types are those of {@code warden.h}. */
public final class FrameWriter {
  private static final int LIMITS = 1;
  private static final int FILE = 2;
  private static final int VARIABLE = 3;
  private static final int WORD = 4;
  private static final int START = 5;
  private static final int STOP = 6;
  private static final int PREPARE = 7;
  private static final int COLLECT = 8;

  private static final long MOST_FILE = 1L << 30;

  private final DataOutputStream out;

  public FrameWriter(OutputStream out) {
    this.out = new DataOutputStream(new BufferedOutputStream(out, 16384));
  }

  /**
   * The limits that the warden holds.
   *
   * @param grace from SIGTERM to SIGKILL
   * @param memory bytes
   * @param files how many the task's tmpfs may have, those of the warden included
   * @param log bytes
   * @param output bytes
   * @param cpu processor time of all processes together; zero for no limit
   */
  public void limits(
      Duration wall, Duration grace, long memory, long files, long log, long output, Duration cpu)
      throws IOException {
    head(LIMITS, 7 * Long.BYTES);
    out.writeLong(wall.toMillis());
    out.writeLong(grace.toMillis());
    out.writeLong(memory);
    out.writeLong(files);
    out.writeLong(log);
    out.writeLong(output);
    out.writeLong(TimeUnit.NANOSECONDS.toMicros(cpu.toNanos()));
  }

  /** A file that is there when the program starts; the path is below the task's folder. */
  public void file(String path, int mode, byte[] content) throws IOException {
    byte[] name = bytes(path);
    head(FILE, 2 * Short.BYTES + name.length + content.length);
    out.writeShort(mode);
    out.writeShort(name.length);
    out.write(name);
    out.write(content);
  }

  /**
   * A file whose bytes lie on this host and are passed on as they are read.
   *
   * @throws IOException also if its size changes meanwhile
   */
  public void file(String path, int mode, Path content) throws IOException {
    byte[] name = bytes(path);
    try (InputStream in = Files.newInputStream(content, LinkOption.NOFOLLOW_LINKS)) {
      long size = Files.size(content);
      if (size > MOST_FILE) {
        throw new IOException("a file of " + size + " bytes is too large to be passed on");
      }
      head(FILE, (int) (2 * Short.BYTES + name.length + size));
      out.writeShort(mode);
      out.writeShort(name.length);
      out.write(name);
      byte[] buffer = new byte[65536];
      long left = size;
      for (int some; left > 0; left -= some) {
        some = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (some < 0) {
          throw new IOException("a file became shorter while it was read");
        }
        out.write(buffer, 0, some);
      }
    }
  }

  /** The files to be read out after the program's end. */
  public void collect(OutputFiles files) throws IOException {
    ByteArrayOutputStream patterns = new ByteArrayOutputStream();
    for (FilePattern pattern : files.patterns()) {
      patterns.writeBytes(bytes(pattern.text()));
      patterns.write(0);
    }
    head(COLLECT, 2 * Long.BYTES + patterns.size());
    out.writeLong(files.most());
    out.writeLong(files.mostBytes().bytes());
    out.write(patterns.toByteArray());
  }

  /** One variable of the program's environment. */
  public void variable(String name, String value) throws IOException {
    text(VARIABLE, name + "=" + value);
  }

  /** The next word of the program's command line. */
  public void word(String word) throws IOException {
    text(WORD, word);
  }

  /** Starts the words so far as a harness; those that follow reach it when the program starts. */
  public void prepare() throws IOException {
    head(PREPARE, 0);
    out.flush();
  }

  /** Starts the program; nothing but {@link #stop} may follow. */
  public void start() throws IOException {
    head(START, 0);
    out.flush();
  }

  /** Asks the program to stop. */
  public void stop() throws IOException {
    head(STOP, 0);
    out.flush();
  }

  private void text(int type, String text) throws IOException {
    byte[] bytes = bytes(text);
    head(type, bytes.length);
    out.write(bytes);
  }

  private void head(int type, int length) throws IOException {
    out.writeByte(type);
    out.writeInt(length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
