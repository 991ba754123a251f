package io.taskwright.app.data;

import io.taskwright.app.machine.Machine;
import io.taskwright.app.machine.Obstacle;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder that holds everything one instance of the service keeps. Only its owner may look
 * inside.
 *
 * @param root its real path, so that each spelling of it means the same instance
 */
public record DataFolder(Path root) {
  /** Fewer bytes than this free, and nothing is started. */
  public static final long LEAST_FREE_BYTES = 500L << 20;

  /** The variable that names the folder where no option does. */
  public static final String VARIABLE = "TASKWRIGHT_DATA";

  /** What may be in a folder that was not finished, and what file systems bring. */
  private static final Set<String> OWN =
      Set.of(
          "run",
          "logs",
          "keys",
          "blobs",
          "temporal",
          "postgres",
          "postgres.unfinished",
          "lost+found");

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /** What {@link #VARIABLE} names, else {@code ~/.taskwright}. */
  public static Path byDefault() {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .filter(named -> !named.isBlank())
        .map(Path::of)
        .orElseGet(() -> Machine.home().resolve(".taskwright"));
  }

  /** The folder when one was made there; it is not touched. */
  public static Optional<DataFolder> find(Path path) {
    try {
      return Optional.of(new DataFolder(path.toRealPath()))
          .filter(data -> Files.isDirectory(data.run()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The folder, made with all that belongs in it.
   *
   * @throws Obstacle when it cannot be made or written
   */
  public static DataFolder make(Path path) {
    if (path.toString().chars().anyMatch(Character::isISOControl)) {
      throw new Obstacle(
          "The data folder's name holds a control character. Choose another --data.");
    }
    try {
      Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      DataFolder folder = new DataFolder(path.toRealPath());
      folder.refuseStrangers();
      folder.ownerOnly(folder.root);
      for (Path inside :
          Set.of(folder.run(), folder.logs(), folder.keys(), folder.blobs(), folder.temporal())) {
        Files.createDirectories(inside);
        folder.ownerOnly(inside);
      }
      return folder;
    } catch (FileAlreadyExistsException e) {
      throw new Obstacle("%s is a file, not a folder. Choose another --data.".formatted(path), e);
    } catch (IOException e) {
      throw new Obstacle(
          "The data folder %s cannot be written (%s). Give it to this user, or choose another --data."
              .formatted(
                  path, e instanceof AccessDeniedException ? "no permission" : e.getMessage()),
          e);
    }
  }

  /** A folder of something else, such as /tmp, must not be shut for all others. */
  private void refuseStrangers() throws IOException {
    if (Files.isDirectory(keys()) && Files.isDirectory(run())) {
      return;
    }
    try (Stream<Path> entries = Files.list(root)) {
      Optional<Path> stranger =
          entries.filter(entry -> !OWN.contains(entry.getFileName().toString())).findFirst();
      if (stranger.isPresent()) {
        throw new Obstacle(
            "%s is no data folder of Taskwright: it holds %s. Choose an empty or a new one by --data."
                .formatted(root, stranger.get().getFileName()));
      }
    }
  }

  private void ownerOnly(Path folder) throws IOException {
    if (!Files.isWritable(folder)) {
      throw new IOException("no write access to " + folder);
    }
    if (!Files.getPosixFilePermissions(folder).equals(OWNER_ONLY)) {
      Files.setPosixFilePermissions(folder, OWNER_ONLY);
    }
  }

  /**
   * Refuses a disk that is about to be full.
   *
   * @throws Obstacle when fewer than {@link #LEAST_FREE_BYTES} are free
   */
  public void checkRoom() {
    long free = freeBytes(root);
    if (free < LEAST_FREE_BYTES) {
      throw new Obstacle(
          "Only %d MB are free on the disk of %s; at least %d MB are needed. Free some, or choose another --data."
              .formatted(free >> 20, root, LEAST_FREE_BYTES >> 20));
    }
  }

  /** How many bytes can be written to the disk of a folder that is there. */
  public static long freeBytes(Path folder) {
    // Not by the folder's file store: Java does not find that in a container or a changed root.
    return folder.toFile().getUsableSpace();
  }

  /** What PostgreSQL keeps. */
  public Path postgres() {
    return root.resolve("postgres");
  }

  /** Settings of Temporal's programs, and the database of its development server. */
  public Path temporal() {
    return root.resolve("temporal");
  }

  /** What belongs to the running instance: its lock, its description, its settings. */
  public Path run() {
    return root.resolve("run");
  }

  /** Passwords and keys. */
  public Path keys() {
    return root.resolve("keys");
  }

  /** Large values. */
  public Path blobs() {
    return root.resolve("blobs");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /** The log of a part. */
  public Path log(String part) {
    return logs().resolve(part + ".log");
  }

  /** The key of the first administrator; the server makes it. */
  public Path adminKey() {
    return keys().resolve("admin.key");
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
