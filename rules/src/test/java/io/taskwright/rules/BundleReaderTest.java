package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.rules.BundleReader.NoBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleReaderTest {
  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        if (!name.endsWith("/")) {
          zip.write(("content of " + name).getBytes(StandardCharsets.UTF_8));
        }
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void readsFilesInFolders() throws Exception {
    assertThat(BundleReader.read(zip("main.py", "data/", "data/a.csv", "pkg/__init__.py")))
        .containsOnlyKeys("main.py", "data/a.csv", "pkg/__init__.py")
        .hasEntrySatisfying(
            "main.py",
            content ->
                assertThat(new String(content, StandardCharsets.UTF_8))
                    .isEqualTo("content of main.py"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "/etc/passwd",
        "a/../../b",
        "a/./b",
        "-rf",
        "a b",
        "a\nb",
        "a//b",
        ".task/x",
        "a\\b"
      })
  void refusesPathsThatLeadElsewhere(String name) throws Exception {
    byte[] zip = zip("fine.py", name);
    assertThatThrownBy(() -> BundleReader.read(zip)).isInstanceOf(NoBundle.class);
  }

  @Test
  void refusesWhatIsNoArchive() {
    for (String text : new String[] {"", "no zip", "PK\u0003\u0004 broken"}) {
      assertThatThrownBy(() -> BundleReader.read(text.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(NoBundle.class);
    }
  }

  @Test
  void refusesTooManyFilesAndTooManyBytes() throws Exception {
    String[] names = new String[BundleReader.MAX_FILES + 1];
    for (int i = 0; i < names.length; i++) {
      names[i] = "f" + i;
    }
    byte[] many = zip(names);
    assertThatThrownBy(() -> BundleReader.read(many)).hasMessageContaining("at most");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("bomb"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 65; i++) {
        zip.write(zeros);
      }
    }
    assertThat(bytes.size()).isLessThan(1 << 20);
    assertThatThrownBy(() -> BundleReader.read(bytes.toByteArray()))
        .hasMessageContaining("at most");
  }
}
