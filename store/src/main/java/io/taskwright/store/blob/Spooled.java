package io.taskwright.store.blob;

import io.taskwright.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Bytes that came in, on the disk of this host until they are kept or not.
 *
 * @param sha256 of them, 64 lower-case hexadecimal digits
 * @param size how many
 */
public record Spooled(Path file, String sha256, long size) implements AutoCloseable {
  /** There were more bytes than were allowed. */
  public static final class TooMuchException extends IOException {
    private static final long serialVersionUID = 1;

    TooMuchException(long most) {
      super("more than " + most + " bytes came");
    }
  }

  /**
   * Reads a stream to its end into a new file, never more than a little of it in memory.
   *
   * @throws TooMuchException after so many bytes; nothing is left then
   */
  static Spooled of(InputStream in, long most, Path folder) throws IOException {
    OwnerOnly.folder(folder);
    Path file = Files.createTempFile(folder, "in", null);
    try {
      MessageDigest digest = Sha256.digest();
      long size = copy(in, most, file, digest);
      return new Spooled(file, HexFormat.of().formatHex(digest.digest()), size);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static long copy(InputStream in, long most, Path file, MessageDigest digest)
      throws IOException {
    long size = 0;
    byte[] buffer = new byte[65536];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int some; (some = in.read(buffer)) >= 0; ) {
        size += some;
        if (size > most) {
          throw new TooMuchException(most);
        }
        digest.update(buffer, 0, some);
        out.write(buffer, 0, some);
      }
    }
    return size;
  }

  /** Removes the file; what was kept of it stays. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
