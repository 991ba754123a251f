package io.taskwright.sandbox.layer;

import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.Leftovers;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layers of this host, below a folder that several processes may share. A layer appears whole
 * or not at all, never changes, and goes when it is the longest unused and space is short.
 */
public final class LayerStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LayerStore.class);

  /** In a layer's folder, what its environments see. */
  private static final String TREE = "tree";

  /** Beside it, its size; written last. Its time is when the layer was last used. */
  private static final String SIZE = "size";

  private static final String SCRATCH = ".new";
  private static final String KEY = "[0-9a-f]{64}";

  private final Path folder;
  private final ByteSize most;
  private final InstantSource clock;
  private final RegionLocks locks;

  private LayerStore(Path folder, ByteSize most, InstantSource clock, RegionLocks locks) {
    this.folder = folder;
    this.most = most;
    this.clock = clock;
    this.locks = locks;
  }

  /**
   * Opens the store, and removes what processes that are gone left half made.
   *
   * @param most bytes of all layers that are not in use; the rest goes
   */
  public static LayerStore open(Path folder, ByteSize most, InstantSource clock)
      throws EnvironmentException {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      Path absolute = folder.toRealPath();
      LayerStore store =
          new LayerStore(absolute, most, clock, RegionLocks.open(absolute.resolve("locks")));
      store.sweep();
      return store;
    } catch (IOException e) {
      throw new EnvironmentException("the layers' folder " + folder + " cannot be used", e);
    }
  }

  /** A layer in use: it stays until this is closed. */
  public record Lease(Path folder, ByteSize size, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  /** The layer, if it is here. */
  public Optional<Lease> use(String key) throws IOException {
    Optional<RegionLocks.Lock> lock = locks.shared(key);
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    Path size = folder.resolve(key).resolve(SIZE);
    try {
      Files.setLastModifiedTime(size, FileTime.from(clock.instant()));
      ByteSize bytes = new ByteSize(Long.parseLong(Files.readString(size)));
      Path tree = folder.resolve(key).resolve(TREE);
      return Optional.of(new Lease(tree, bytes, lock.get()::close));
    } catch (IOException e) {
      lock.get().close();
      return Optional.empty();
    }
  }

  /** Tells whether the layer is here now. */
  public boolean has(String key) {
    return Files.exists(folder.resolve(key).resolve(SIZE));
  }

  /**
   * Lets the caller make something that nobody else makes meanwhile.
   *
   * @param what names it
   * @return empty if somebody else makes it now
   */
  public Optional<Making> make(String what) throws IOException {
    Optional<RegionLocks.Lock> lock = locks.exclusive("make " + what);
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    String name = UUID.randomUUID() + SCRATCH;
    Optional<RegionLocks.Lock> scratch = locks.exclusive(name);
    try {
      Path tree = Files.createDirectories(folder.resolve(name).resolve(TREE));
      Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("rwxr-xr-x"));
      return Optional.of(new Making(this, folder.resolve(name), lock.get(), scratch));
    } catch (IOException e) {
      lock.get().close();
      scratch.ifPresent(RegionLocks.Lock::close);
      throw e;
    }
  }

  /** Makes a layer of what is in the folder, which is gone then. Another with the key stays. */
  void publish(Path made, String key, ByteSize size) throws IOException {
    Durability.force(made.resolve(TREE));
    Path file = Files.writeString(made.resolve(SIZE), Long.toString(size.bytes()));
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    Durability.force(made);
    try {
      Files.move(made, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (Files.isDirectory(folder.resolve(key))) {
        return; // The same, by the meaning of its key.
      }
      throw e;
    }
    Durability.forceFolder(folder);
    shrink(key);
  }

  private record Kept(String key, FileTime used, long bytes) {}

  /** Removes the longest unused that nobody uses until the rest is small enough. */
  private void shrink(String newest) throws IOException {
    List<Kept> all = new ArrayList<>(kept());
    all.sort(Comparator.comparing(Kept::used));
    long bytes = all.stream().mapToLong(Kept::bytes).sum();
    for (Kept one : all) {
      if (bytes > most.bytes() && !one.key().equals(newest) && removed(one.key())) {
        bytes -= one.bytes();
        LOG.atInfo().addKeyValue("layer", one.key()).log("a layer was removed to make room");
      }
    }
  }

  private boolean removed(String key) throws IOException {
    Optional<RegionLocks.Lock> lock = locks.exclusive(key);
    if (lock.isEmpty()) {
      return false;
    }
    try (RegionLocks.Lock _ = lock.get()) {
      Path gone = folder.resolve(UUID.randomUUID() + SCRATCH);
      Files.move(folder.resolve(key), gone); // At once: what is half removed is no layer.
      Leftovers.remove(gone);
      return true;
    }
  }

  private List<Kept> kept() throws IOException {
    List<Kept> all = new ArrayList<>();
    for (Path layer : named(KEY)) {
      Path size = layer.resolve(SIZE);
      all.add(
          new Kept(
              layer.getFileName().toString(),
              Files.getLastModifiedTime(size),
              Long.parseLong(Files.readString(size))));
    }
    return all;
  }

  private void sweep() throws IOException {
    for (Path scratch : named(".*\\" + SCRATCH)) {
      Optional<RegionLocks.Lock> lock = locks.exclusive(scratch.getFileName().toString());
      if (lock.isPresent()) {
        try (RegionLocks.Lock _ = lock.get()) {
          Leftovers.remove(scratch);
        }
      }
    }
  }

  private List<Path> named(String pattern) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.getFileName().toString().matches(pattern)).toList();
    }
  }

  @Override
  public void close() {
    try {
      locks.close();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("the locks go with the process");
    }
  }
}
