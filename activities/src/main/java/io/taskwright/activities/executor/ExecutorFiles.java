package io.taskwright.activities.executor;

import io.taskwright.model.protocol.AttemptFiles;
import io.taskwright.sandbox.guest.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder in which an executor keeps the files of the attempts that it makes. */
public final class ExecutorFiles {
  private final Path folder;

  /**
   * @param folder of this executor alone; made when it is first needed
   */
  public ExecutorFiles(Path folder) {
    this.folder = folder;
  }

  /** Removes what an executor before this one left when it was killed. */
  public void clear() throws IOException {
    Leftovers.remove(folder);
  }

  /** A new folder for an attempt; none is made for one without files. */
  AttemptFolder open(AttemptFiles files) throws IOException {
    if (files.inputs().isEmpty() && files.outputs().isEmpty()) {
      return new AttemptFolder(folder.resolve("none"), files);
    }
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return new AttemptFolder(Files.createTempDirectory(folder, "attempt"), files);
  }
}
