package io.taskwright.sandbox.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ByteSize;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackingTest {
  @TempDir Path below;
  private Path folder;
  private Unpacking unpacking;
  private PackReader reader;

  @BeforeEach
  void open() throws IOException {
    folder = Files.createDirectory(below.resolve("layer"));
    unpacking = new Unpacking(folder, new LayerBounds(new ByteSize(100), 3));
    reader = new PackReader(unpacking);
  }

  private static byte[] entry(int kind, String path, String content) {
    return entry(kind, path, content, content.length());
  }

  private static byte[] entry(int kind, String path, String content, long claimed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      byte[] name = path.getBytes(StandardCharsets.UTF_8);
      out.writeByte(kind);
      out.writeShort(name.length);
      out.writeLong(claimed);
      out.write(name);
      out.writeBytes(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void accept(byte[]... parts) {
    for (byte[] part : parts) {
      for (byte one : part) {
        reader.accept(new byte[] {one}); // However the bytes come.
      }
    }
  }

  @Test
  void laysOutFilesAndKeepsTheLock() throws IOException {
    accept(
        entry(1, "lock", "{}"),
        entry(1, "tree/a/b/c.txt", "hello"),
        entry(2, "tree/run", "#!"),
        entry(1, "tree/empty", ""));
    assertThat(reader.whole()).isFalse();
    accept(entry(0, "", ""));
    assertThat(reader.whole()).isTrue();
    assertThat(unpacking.lock()).isEqualTo("{}");
    assertThat(unpacking.failure()).isEmpty();
    assertThat(folder.resolve("a/b/c.txt")).hasContent("hello");
    assertThat(Files.isExecutable(folder.resolve("run"))).isTrue();
    assertThat(folder.resolve("empty")).isEmptyFile();
    assertThat(unpacking.files()).isEqualTo(3);
    assertThat(unpacking.bytes()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tree/../x",
        "tree/a/../../x",
        "/etc/x",
        "tree//x",
        "tree/./x",
        "tree/",
        "tree",
        "x",
        "tree/a\u0000b",
        "tree/a\nb",
        "tree/..",
      })
  void leavesTheFolderForNoPath(String path) {
    assertThatThrownBy(() -> accept(entry(1, path, "x"))).isInstanceOf(BadPackException.class);
    assertThat(below.resolve("x")).doesNotExist();
  }

  @Test
  void writesNoFileTwice() {
    accept(entry(1, "tree/a", "x"));
    assertThatThrownBy(() -> accept(entry(1, "tree/a", "y"))).isInstanceOf(BadPackException.class);
    assertThat(folder.resolve("a")).hasContent("x");
  }

  @Test
  void makesNoFolderOfAFile() {
    accept(entry(1, "tree/a", "x"));
    assertThatThrownBy(() -> accept(entry(1, "tree/a/b", "y")))
        .isInstanceOf(BadPackException.class);
  }

  @Test
  void takesNoMoreThanTheBounds() {
    assertThatThrownBy(() -> accept(entry(1, "tree/large", "", 101)))
        .isInstanceOf(BadPackException.class)
        .hasMessageContaining("larger than 100 or 3 files");
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 4; i++) {
                accept(entry(1, "tree/" + i, ""));
              }
            })
        .isInstanceOf(BadPackException.class);
  }

  @Test
  void countsNoSizeBackwards() {
    assertThatThrownBy(() -> accept(entry(1, "tree/a", "", -1)))
        .isInstanceOf(BadPackException.class);
    open(Long.MAX_VALUE);
  }

  private void open(long size) {
    reader = new PackReader(unpacking);
    assertThatThrownBy(() -> accept(entry(1, "tree/b", "", size)))
        .isInstanceOf(BadPackException.class);
  }

  @Test
  void nothingFollowsTheEnd() {
    accept(entry(0, "", ""));
    assertThatThrownBy(() -> reader.accept(new byte[] {1})).isInstanceOf(BadPackException.class);
  }

  @Test
  void knowsNoOtherKinds() {
    assertThatThrownBy(() -> accept(entry(3, "tree/a", ""))).isInstanceOf(BadPackException.class);
  }

  @Test
  void takesNoPathThatIsNotText() {
    byte[] entry = entry(1, "tree/ab", "");
    entry[entry.length - 1] = (byte) 0xff;
    assertThatThrownBy(() -> accept(entry)).isInstanceOf(BadPackException.class);
  }
}
