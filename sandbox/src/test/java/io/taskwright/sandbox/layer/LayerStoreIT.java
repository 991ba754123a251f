package io.taskwright.sandbox.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.model.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with one store. */
class LayerStoreIT {
  private static final ByteSize MOST = ByteSize.ofMebibytes(1);

  @TempDir Path folder;

  /** The other process: begins to make a layer, and never ends. */
  static final class Other {
    private Other() {}

    public static void main(String[] arguments) throws Exception {
      LayerStore store = LayerStore.open(Path.of(arguments[0]), MOST, InstantSource.system());
      Making making = store.make("x").orElseThrow();
      Files.writeString(making.tree().resolve("half"), "made");
      System.out.println("ready");
      System.out.flush();
      int _ = System.in.read();
    }
  }

  private Process other() throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                folder.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void oneProcessMakesALayerAndAnotherTakesOverWhenItDies() throws Exception {
    Process other = other();
    try (LayerStore store = LayerStore.open(folder, MOST, InstantSource.system())) {
      assertThat(other.inputReader().readLine()).isEqualTo("ready");
      assertThat(store.make("x")).isEmpty();
      other.destroyForcibly().waitFor();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> {
            Optional<Making> mine = store.make("x");
            mine.ifPresent(Making::close);
            return mine.isPresent();
          });
    } finally {
      other.destroyForcibly();
    }
    LayerStore.open(folder, MOST, InstantSource.system()).close();
    try (var left = Files.list(folder)) {
      assertThat(left.map(path -> String.valueOf(path.getFileName()))).containsExactly("locks");
    }
  }

  @Test
  void whatAnotherProcessMakesIsNotSweptAway() throws Exception {
    Process other = other();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("ready");
      LayerStore.open(folder, MOST, InstantSource.system()).close();
      try (var left = Files.list(folder)) {
        assertThat(left).hasSize(2);
      }
    } finally {
      other.destroyForcibly();
    }
  }
}
