package io.taskwright.sandbox.layer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Locks by name, among the threads of this process and all processes that use the file. Each is one
 * byte of the file, which the kernel gives free when the process ends, however it ends.
 */
final class RegionLocks implements AutoCloseable {
  private final FileChannel channel;
  private final Map<Long, Held> held = new HashMap<>();

  private RegionLocks(FileChannel channel) {
    this.channel = channel;
  }

  /** A lock that is held until it is closed. */
  interface Lock extends AutoCloseable {
    @Override
    void close();
  }

  private static final class Held {
    final FileLock lock;
    int holders = 1;

    Held(FileLock lock) {
      this.lock = lock;
    }
  }

  static RegionLocks open(Path file) throws IOException {
    return new RegionLocks(
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** Takes it for its one holder, if nobody has it. Never waits. */
  synchronized Optional<Lock> exclusive(String name) throws IOException {
    long region = region(name);
    return held.containsKey(region) ? Optional.empty() : taken(region, false);
  }

  /** Takes it as one of many holders, if nobody has it for himself. Never waits. */
  synchronized Optional<Lock> shared(String name) throws IOException {
    long region = region(name);
    Held known = held.get(region);
    if (known == null) {
      return taken(region, true);
    }
    if (!known.lock.isShared()) {
      return Optional.empty();
    }
    known.holders++;
    return Optional.of(release(region));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private Optional<Lock> taken(long region, boolean shared) throws IOException {
    try {
      FileLock lock = channel.tryLock(region, 1, shared);
      if (lock == null) {
        return Optional.empty();
      }
      held.put(region, new Held(lock));
      return Optional.of(release(region));
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // Another store of this process has it.
    }
  }

  private Lock release(long region) {
    return new Lock() {
      private boolean released;

      @Override
      public void close() {
        if (!released) {
          released = true;
          drop(region);
        }
      }
    };
  }

  private synchronized void drop(long region) {
    Held known = held.get(region);
    if (known != null && --known.holders == 0) {
      held.remove(region);
      try {
        known.lock.release();
      } catch (IOException e) {
        // The channel is closed, and the lock with it.
      }
    }
  }

  /** Two names with the same byte only wait for each other without need. */
  private static long region(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits()
        >>> 2;
  }
}
