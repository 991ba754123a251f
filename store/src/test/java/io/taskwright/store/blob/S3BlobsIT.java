package io.taskwright.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class S3BlobsIT extends BlobStoreSuite {
  private static S3Double bucket;
  private static BlobStore store;

  @BeforeAll
  static void open() throws IOException {
    System.setProperty("aws.accessKeyId", "someone");
    System.setProperty("aws.secretAccessKey", "secret");
    bucket = new S3Double();
    store =
        BlobStores.s3(new S3Settings(S3Double.BUCKET, "tw/", "eu-central-1", bucket.url(), true));
  }

  @AfterAll
  static void close() {
    bucket.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Override
  BlobStore store() {
    return store;
  }

  @Test
  void keepsThemBelowThePrefixAndSendsThemOnce() throws Exception {
    byte[] bytes = random(500, 11);
    store.put(sha256(bytes), file(bytes));
    store.put(sha256(bytes), file(bytes));
    assertThat(bucket.objects).containsEntry("tw/" + sha256(bytes), bytes);
    assertThat(bucket.calls).containsOnlyOnce("PUT tw/" + sha256(bytes));
  }

  @Test
  void isRefusedBytesWithAnotherHash() throws Exception {
    Path file = file(random(500, 12));
    String other = sha256(random(500, 13));
    assertThatThrownBy(() -> store.put(other, file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(other)
        .hasMessageContaining(S3Double.BUCKET);
    assertThat(bucket.objects).doesNotContainKey("tw/" + other);
  }

  @Test
  void triesAgainWhenTheBucketIsBusy() throws Exception {
    byte[] bytes = random(500, 14);
    bucket.failing.set(2);
    store.put(sha256(bytes), file(bytes));
    assertThat(read(sha256(bytes), 0)).isEqualTo(bytes);
  }
}
