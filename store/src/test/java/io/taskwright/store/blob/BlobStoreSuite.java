package io.taskwright.store.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a place for bytes must do. */
abstract class BlobStoreSuite {
  @TempDir Path folder = Path.of("");

  abstract BlobStore store();

  final Path file(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(folder, "bytes", null), bytes);
  }

  static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  static byte[] random(int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  final byte[] read(String sha256, long from) throws IOException {
    try (InputStream in = store().open(sha256, from).orElseThrow()) {
      return in.readAllBytes();
    }
  }

  @Test
  void givesBackWhatItWasGiven() throws Exception {
    for (int size : new int[] {0, 1, 70_000, 3_000_000}) {
      byte[] bytes = random(size, size);
      store().put(sha256(bytes), file(bytes));
      store().put(sha256(bytes), file(bytes));
      assertThat(read(sha256(bytes), 0)).isEqualTo(bytes);
    }
  }

  @Test
  void givesTheRestOfThem() throws Exception {
    byte[] bytes = random(100_000, 7);
    store().put(sha256(bytes), file(bytes));
    byte[] rest = read(sha256(bytes), 99_000);
    assertThat(rest).hasSize(1000);
    assertThat(rest[0]).isEqualTo(bytes[99_000]);
  }

  @Test
  void hasNothingThatItWasNotGivenOrThatWasRemoved() throws Exception {
    byte[] bytes = random(10, 8);
    assertThat(store().open(sha256(bytes), 0)).isEmpty();
    store().put(sha256(bytes), file(bytes));
    store().delete(sha256(bytes));
    store().delete(sha256(bytes));
    assertThat(store().open(sha256(bytes), 0)).isEmpty();
  }
}
