package io.taskwright.store.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FolderBlobsIT extends BlobStoreSuite {
  @Override
  BlobStore store() {
    return BlobStores.folder(folder.resolve("blobs"));
  }

  @Test
  void letsNobodyElseRead() throws Exception {
    byte[] bytes = random(10, 1);
    store().put(sha256(bytes), file(bytes));
    try (Stream<Path> paths = Files.walk(folder.resolve("blobs"))) {
      assertThat(paths)
          .hasSize(4)
          .allSatisfy(path ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                  .endsWith("------"));
    }
  }

  @Test
  void mendsAFileThatWasCutShort() throws Exception {
    byte[] bytes = random(1000, 2);
    store().put(sha256(bytes), file(bytes));
    Path kept =
        folder
            .resolve("blobs")
            .resolve(sha256(bytes).substring(0, 2))
            .resolve(sha256(bytes).substring(2, 4))
            .resolve(sha256(bytes));
    Files.write(kept, new byte[5]);
    store().put(sha256(bytes), file(bytes));
    assertThat(read(sha256(bytes), 0)).isEqualTo(bytes);
  }
}
