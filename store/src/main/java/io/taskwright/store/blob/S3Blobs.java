package io.taskwright.store.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Bytes in an S3 bucket. The bucket checks the hash of what arrives. */
final class S3Blobs implements BlobStore, AutoCloseable {
  private static final int NOT_FOUND = 404;

  private final S3Client client;
  private final String bucket;
  private final String prefix;

  private S3Blobs(S3Client client, String bucket, String prefix) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /** Nothing is asked of the bucket yet. */
  static S3Blobs open(S3Settings settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(5))
                    .socketTimeout(Duration.ofSeconds(30)))
            .forcePathStyle(settings.pathStyle());
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return new S3Blobs(builder.build(), settings.bucket(), settings.prefix());
  }

  @Override
  public void put(String sha256, Path file) throws IOException {
    try {
      if (has(sha256, Files.size(file))) {
        return;
      }
      String checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
      client.putObject(
          request -> request.bucket(bucket).key(prefix + sha256).checksumSHA256(checksum),
          RequestBody.fromFile(file));
    } catch (SdkException e) {
      throw failed("keep", sha256, e);
    }
  }

  private boolean has(String sha256, long size) {
    try {
      return client
              .headObject(request -> request.bucket(bucket).key(prefix + sha256))
              .contentLength()
          == size;
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public Optional<InputStream> open(String sha256, long from) throws IOException {
    try {
      return Optional.of(
          client.getObject(request -> {
            request.bucket(bucket).key(prefix + sha256);
            if (from > 0) {
              request.range("bytes=" + from + "-");
            }
          }));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failed("read", sha256, e);
    }
  }

  @Override
  public void delete(String sha256) throws IOException {
    try {
      client.deleteObject(request -> request.bucket(bucket).key(prefix + sha256));
    } catch (SdkException e) {
      throw failed("remove", sha256, e);
    }
  }

  private IOException failed(String verb, String sha256, SdkException e) {
    return new IOException(
        "cannot " + verb + " " + prefix + sha256 + " in bucket " + bucket + ": " + e.getMessage(),
        e);
  }

  @Override
  public void close() {
    client.close();
  }
}
