package io.taskwright.app.client;

import io.taskwright.client.Task;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.client.definition.Bundle;
import io.taskwright.client.definition.DefinitionFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Writes definitions into a folder so that applying it makes the same tasks anywhere: each under
 * its author's path, and the files of its program where it names them.
 */
final class ExportFolder {
  private final TaskwrightClient client;
  private final Path folder;
  private final boolean force;
  private final Set<Path> written = new HashSet<>();

  /**
   * @param force whether files that are there with other contents are written over
   */
  ExportFolder(TaskwrightClient client, Path folder, boolean force) {
    this.client = client;
    this.folder = folder.toAbsolutePath().normalize();
    this.force = force;
  }

  /**
   * Writes a definition.
   *
   * @param bytes of its file
   * @param own the path that its author gave it; may be empty
   * @param ending of the file's name otherwise
   */
  Path write(Task task, byte[] bytes, String own, String ending) {
    Path file = own.isEmpty() ? folder : inside(folder, own);
    if (file.equals(folder) || written.contains(file)) {
      file = folder.resolve(task.name() + ending);
    }
    write(file, bytes);
    if (!task.bundle().isEmpty()) {
      bundle(task, file, client.bundles().get(task.bundle()));
    }
    return file;
  }

  private void bundle(Task task, Path file, byte[] zip) {
    Path beside = folderOf(file);
    if (!DefinitionFile.namesFiles(file)) {
      write(beside.resolve(Bundle.fileName(task.bundle())), zip);
      return;
    }
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          write(inside(beside, entry.getName()), in.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new Misuse("The files of %s cannot be read: %s".formatted(task.name(), e.getMessage()));
    }
  }

  private static Path folderOf(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  /** What a service says is not believed where it leads out of the folder. */
  private static Path inside(Path folder, String path) {
    Path file = folder.resolve(path).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw new Misuse("The service names a file outside of the folder: " + path);
    }
    return file;
  }

  private void write(Path file, byte[] bytes) {
    try {
      if (!force && !same(file, bytes)) {
        throw new Misuse("%s is there already; --force writes over it.".formatted(file));
      }
      Files.createDirectories(folderOf(file));
      Files.write(
          file,
          bytes,
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING);
      written.add(file);
    } catch (IOException e) {
      throw new Misuse("%s cannot be written: %s".formatted(file, e));
    }
  }

  /** Whether nothing is lost by writing it. */
  private static boolean same(Path file, byte[] bytes) throws IOException {
    try {
      return Arrays.equals(Files.readAllBytes(file), bytes);
    } catch (NoSuchFileException e) {
      return true;
    }
  }
}
