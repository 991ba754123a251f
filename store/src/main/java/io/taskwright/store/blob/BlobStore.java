package io.taskwright.store.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where bytes lie under the SHA-256 of them, as 64 lower-case hexadecimal digits. It knows nothing
 * of who may see them. Every adapter passes {@code BlobStoreSuite}.
 */
public interface BlobStore {
  /**
   * Keeps the bytes of a file. They are there whole or not at all, and stay there over a crash.
   * Keeping the same again changes nothing.
   */
  void put(String sha256, Path file) throws IOException;

  /**
   * Opens the bytes.
   *
   * @param from how many of them to leave out
   * @return empty if they are not there
   */
  Optional<InputStream> open(String sha256, long from) throws IOException;

  /** Removes the bytes, if they are there. */
  void delete(String sha256) throws IOException;
}
