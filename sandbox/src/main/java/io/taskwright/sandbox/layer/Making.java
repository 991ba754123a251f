package io.taskwright.sandbox.layer;

import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.guest.Leftovers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A layer that is being made by the one who holds this. Closing it removes what is unfinished. */
public final class Making implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Making.class);

  private final LayerStore store;
  private final Path folder;
  private final RegionLocks.Lock lock;
  private final Optional<RegionLocks.Lock> scratch;

  Making(LayerStore store, Path folder, RegionLocks.Lock lock, Optional<RegionLocks.Lock> scratch) {
    this.store = store;
    this.folder = folder;
    this.lock = lock;
    this.scratch = scratch;
  }

  /** Where its files are to be written. */
  Path tree() {
    return folder.resolve("tree");
  }

  /** Makes it the layer of that key, for everybody and for good. */
  public void publish(String key, ByteSize size) throws IOException {
    store.publish(folder, key, size);
  }

  @Override
  public void close() {
    try {
      Leftovers.remove(folder);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("a half made layer stays until the next start");
    }
    lock.close();
    scratch.ifPresent(RegionLocks.Lock::close);
  }
}
