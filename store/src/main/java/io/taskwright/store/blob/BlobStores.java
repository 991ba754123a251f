package io.taskwright.store.blob;

import java.nio.file.Path;

/** Opens the places where bytes can lie. */
public final class BlobStores {
  private BlobStores() {}

  /**
   * A folder.
   *
   * @param folder made when it is first needed; all servers of the installation must share it
   */
  public static BlobStore folder(Path folder) {
    return new FolderBlobs(folder);
  }

  /** An S3 bucket. */
  public static BlobStore s3(S3Settings settings) {
    return S3Blobs.open(settings);
  }
}
