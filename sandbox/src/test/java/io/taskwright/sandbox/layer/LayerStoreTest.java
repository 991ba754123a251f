package io.taskwright.sandbox.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.guest.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerStoreTest {
  @TempDir Path folder;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private LayerStore store;

  @BeforeEach
  void open() throws EnvironmentException {
    store = LayerStore.open(folder, new ByteSize(250), () -> now);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static String key(String name) {
    return LayerKey.of("p", List.of(name), "{}");
  }

  private void make(String name) throws IOException {
    try (Making making = store.make(key(name)).orElseThrow()) {
      Files.writeString(making.tree().resolve("file"), name);
      making.publish(key(name), new ByteSize(100));
    }
    now = now.plusSeconds(1);
  }

  private boolean isThere(String name) throws IOException {
    Optional<LayerStore.Lease> lease = store.use(key(name));
    lease.ifPresent(LayerStore.Lease::close);
    return lease.isPresent();
  }

  @Test
  void aLayerIsThereWhenItIsWhole() throws IOException {
    try (Making making = store.make(key("a")).orElseThrow()) {
      Files.writeString(making.tree().resolve("file"), "half");
      assertThat(isThere("a")).isFalse();
      making.publish(key("a"), new ByteSize(4));
      assertThat(isThere("a")).isTrue();
    }
    try (LayerStore.Lease lease = store.use(key("a")).orElseThrow()) {
      assertThat(lease.folder().resolve("file")).hasContent("half");
      assertThat(lease.size()).isEqualTo(new ByteSize(4));
    }
  }

  @Test
  void oneMakesItAtATime() throws IOException {
    try (Making _ = store.make("x").orElseThrow()) {
      assertThat(store.make("x")).isEmpty();
      assertThat(
              store
                  .make("y")
                  .map(other -> {
                    other.close();
                    return true;
                  }))
          .contains(true);
    }
    store.make("x").orElseThrow().close();
  }

  @Test
  void whatIsNotFinishedLeavesNothing() throws IOException {
    try (Making making = store.make("x").orElseThrow()) {
      Files.writeString(making.tree().resolve("file"), "half");
    }
    assertThat(names()).containsExactly("locks");
  }

  @Test
  void removesWhatACrashLeftHalfMade() throws Exception {
    Path left = Files.createDirectories(folder.resolve("0198c5d0.new/tree"));
    Files.writeString(left.resolve("file"), "half");
    store.close();
    open();
    assertThat(names()).containsExactly("locks");
  }

  @Test
  void theLongestUnusedGoesWhenSpaceIsShort() throws IOException {
    make("a");
    make("b");
    assertThat(isThere("a")).isTrue();
    now = now.plusSeconds(1);
    make("c");
    assertThat(isThere("a")).isTrue();
    assertThat(isThere("b")).isFalse();
    assertThat(isThere("c")).isTrue();
  }

  @Test
  void whatIsInUseStays() throws IOException {
    make("a");
    try (LayerStore.Lease first = store.use(key("a")).orElseThrow();
        LayerStore.Lease second = store.use(key("a")).orElseThrow()) {
      first.end().run();
      make("b");
      make("c");
      assertThat(isThere("b")).isFalse();
      assertThat(second.folder().resolve("file")).exists();
    }
    make("d");
    assertThat(isThere("a")).isFalse();
  }

  @Test
  void theFirstOfTwoStays() throws IOException {
    make("a");
    try (Making making = store.make("other").orElseThrow()) {
      Files.writeString(making.tree().resolve("file"), "second");
      making.publish(key("a"), new ByteSize(6));
    }
    try (LayerStore.Lease lease = store.use(key("a")).orElseThrow()) {
      assertThat(lease.folder().resolve("file")).hasContent("a");
    }
  }

  @Test
  void anotherLockIsAnotherLayer() {
    assertThat(LayerKey.of("p", List.of("a"), "{}"))
        .isNotEqualTo(LayerKey.of("p", List.of("a"), "{ }"))
        .isNotEqualTo(LayerKey.of("q", List.of("a"), "{}"))
        .isNotEqualTo(LayerKey.of("p", List.of("b"), "{}"));
  }

  @Test
  void saysWhichFolderCannotBeUsed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> LayerStore.open(file, new ByteSize(1), () -> now))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(file.toString());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }
}
