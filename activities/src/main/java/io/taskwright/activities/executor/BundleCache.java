package io.taskwright.activities.executor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.taskwright.rules.BundleReader;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The unpacked bundles that were run lately. Bytes with the same hash are the same, so none is
 * stale.
 */
public final class BundleCache {
  private final Cache<String, Map<String, byte[]>> files;

  /**
   * @param bytes how much is kept
   */
  public BundleCache(long bytes) {
    this.files =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .<String, Map<String, byte[]>>weigher(
                (digest, all) -> all.values().stream().mapToInt(file -> file.length).sum())
            .build();
  }

  /** The files of the bundle by their paths, fetched if they are not here. */
  Map<String, byte[]> files(String digest, Supplier<byte[]> fetch) throws BundleReader.NoBundle {
    Map<String, byte[]> kept = files.getIfPresent(digest);
    if (kept != null) {
      return kept;
    }
    Map<String, byte[]> read = BundleReader.read(fetch.get());
    files.put(digest, read);
    return read;
  }
}
