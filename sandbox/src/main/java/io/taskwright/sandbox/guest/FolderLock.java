package io.taskwright.sandbox.guest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps two services from sharing a folder: one would sweep away what the other runs. */
public final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes the folder if need be, and locks it until it is closed or the process ends.
   *
   * @throws EnvironmentException if somebody else has it
   */
  public static FolderLock take(Path folder) throws EnvironmentException {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new EnvironmentException(
            "another service uses "
                + folder
                + " already: stop it, or give this one a data folder of its own");
      }
      return new FolderLock(channel);
    } catch (IOException e) {
      throw new EnvironmentException("the folder " + folder + " cannot be used", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The process's end unlocks it.
    }
  }
}
