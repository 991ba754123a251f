package io.taskwright.app.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner may read. */
public final class OwnerOnlyFile {
  private static final FileAttribute<Set<PosixFilePermission>> MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private OwnerOnlyFile() {}

  /** Gives a file that is finished its name. */
  private interface Naming {
    void name(Path finished) throws IOException;
  }

  /** Writes the file all at once: a reader sees the old content or the new. */
  public static void write(Path file, String text) throws IOException {
    write(file, text, finished -> Files.move(finished, file, StandardCopyOption.ATOMIC_MOVE));
  }

  /**
   * Makes the file all at once, if there is none.
   *
   * @throws FileAlreadyExistsException if there is one; it stays as it is
   */
  public static void create(Path file, String text) throws IOException {
    write(file, text, finished -> Files.createLink(file, finished));
  }

  private static void write(Path file, String text, Naming naming) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path unfinished = Files.createTempFile(folder, "." + file.getFileName(), null, MODE);
    try {
      Files.write(unfinished, text.getBytes(StandardCharsets.UTF_8));
      naming.name(unfinished);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
