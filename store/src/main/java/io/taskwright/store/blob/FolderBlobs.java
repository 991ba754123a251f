package io.taskwright.store.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Bytes in a folder that all servers of the installation share, for nobody else to read. */
final class FolderBlobs implements BlobStore {
  private final Path folder;

  /**
   * @param folder made if it is not there
   */
  FolderBlobs(Path folder) {
    this.folder = folder;
  }

  @Override
  public void put(String sha256, Path file) throws IOException {
    Path parent = parent(sha256);
    Path target = parent.resolve(sha256);
    if (Files.exists(target) && Files.size(target) == Files.size(file)) {
      return;
    }
    OwnerOnly.folder(parent);
    Path temporary = Files.createTempFile(parent, "new", null);
    try {
      Files.copy(file, temporary, StandardCopyOption.REPLACE_EXISTING);
      OwnerOnly.file(temporary);
      sync(temporary, StandardOpenOption.WRITE);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      sync(parent, StandardOpenOption.READ);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  @Override
  public Optional<InputStream> open(String sha256, long from) throws IOException {
    try {
      InputStream in = Files.newInputStream(file(sha256));
      in.skipNBytes(from);
      return Optional.of(in);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void delete(String sha256) throws IOException {
    Files.deleteIfExists(file(sha256));
  }

  private Path file(String sha256) {
    return parent(sha256).resolve(sha256);
  }

  private Path parent(String sha256) {
    return folder.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2, 4));
  }
}
