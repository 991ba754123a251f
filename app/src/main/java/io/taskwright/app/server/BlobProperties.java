package io.taskwright.app.server;

import io.taskwright.store.blob.BlobStore;
import io.taskwright.store.blob.BlobStores;
import io.taskwright.store.blob.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the bytes of files lie, {@code taskwright.blobs.*}.
 *
 * @param store {@code folder} or {@code s3}
 * @param folder of all servers together; {@code files} in the data folder if null
 */
public record BlobProperties(
    @DefaultValue("folder") String store, @Nullable Path folder, @Nullable S3 s3) {
  public BlobProperties {
    if (!store.equals("folder") && !store.equals("s3")) {
      throw new IllegalArgumentException(
          "taskwright.blobs.store must be folder or s3, but is " + store);
    }
    if (store.equals("s3") && s3 == null) {
      throw new IllegalArgumentException(
          "taskwright.blobs.store is s3: set taskwright.blobs.s3.bucket and .region");
    }
  }

  /**
   * The bucket, {@code taskwright.blobs.s3.*}.
   *
   * @param prefix what every key begins with
   * @param endpoint of a service that is not Amazon's
   * @param pathStyle whether the bucket stands in the path and not in the host's name
   */
  public record S3(
      String bucket,
      @DefaultValue("") String prefix,
      String region,
      @Nullable URI endpoint,
      @DefaultValue("false") boolean pathStyle) {}

  /** Opens it. */
  BlobStore open(Path data) {
    return s3 == null || store.equals("folder")
        ? BlobStores.folder(folder == null ? data.resolve("files") : folder)
        : BlobStores.s3(
            new S3Settings(s3.bucket(), s3.prefix(), s3.region(), s3.endpoint(), s3.pathStyle()));
  }
}
