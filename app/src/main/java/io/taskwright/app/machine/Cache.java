package io.taskwright.app.machine;

import io.taskwright.sandbox.guest.Leftovers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The folder of a user in which programs are kept that were fetched or built once.
 *
 * @param root the folder; made when it is first needed
 */
public record Cache(Path root) {
  /** Fills an empty folder. */
  @FunctionalInterface
  public interface Filling {
    void fill(Path folder) throws IOException;
  }

  /** {@code $XDG_CACHE_HOME/taskwright}, by default {@code ~/.cache/taskwright}. */
  public static Cache ofEnvironment() {
    Path base =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(folder -> folder.startsWith("/"))
            .map(Path::of)
            .orElseGet(() -> Machine.home().resolve(".cache"));
    return new Cache(base.resolve("taskwright"));
  }

  /** The folder of this name when it is there and complete. */
  public Optional<Path> find(String name) {
    return Optional.of(root.resolve(name)).filter(Files::isDirectory);
  }

  /**
   * The folder of this name, filled first when it is not there. It appears all at once, and of
   * several processes that want it one fills it while the others wait.
   */
  public Path get(String name, Filling filling) {
    return find(name).orElseGet(() -> fill(name, filling));
  }

  /**
   * A file in the cache that processes lock; never deleted, since they would lock different ones.
   */
  public FileChannel lockFile(String name) throws IOException {
    Files.createDirectories(root);
    return FileChannel.open(
        root.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private Path fill(String name, Filling filling) {
    Path folder = root.resolve(name);
    Path unfinished = root.resolve(name + ".unfinished");
    try (FileChannel channel = lockFile(name + ".lock");
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      if (Files.isDirectory(folder)) {
        return folder;
      }
      Leftovers.remove(unfinished);
      Files.createDirectories(unfinished);
      filling.fill(unfinished);
      return Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Obstacle(
          "Cannot fill %s: %s. Give its folder room and write access, or name another one in XDG_CACHE_HOME."
              .formatted(folder, e.getMessage()),
          e);
    }
  }
}
