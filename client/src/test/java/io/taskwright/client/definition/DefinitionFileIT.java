package io.taskwright.client.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions and their programs as files. */
class DefinitionFileIT {
  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private DefinitionFile bundle(String files) throws IOException {
    return DefinitionFile.read(
        write(
            "task.yaml",
            "name: a\nautomated:\n  bundle:\n    entry: main.py\n    files: %s\n"
                .formatted(files)));
  }

  private void assertRefused(String files, String message) {
    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> bundle(files))
        .withMessageStartingWith(folder.resolve("task.yaml") + ":5: ")
        .withMessageContaining(message);
  }

  private static List<String> names(Bundle bundle) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle.zip()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  @Test
  void yamlAndJsonMeanTheSame() throws IOException {
    DefinitionFile yaml = DefinitionFile.read(write("a.yaml", "name: a\nx: 1.50\n"));
    DefinitionFile json = DefinitionFile.read(write("a.json", "{\"name\":\"a\",\"x\":1.50}"));

    assertThat(yaml.definition()).isEqualTo(json.definition());
    assertThat(yaml.name()).isEqualTo("a");
    assertThat(yaml.bundle()).isEmpty();
    assertThat(yaml.path()).isEqualTo(folder.resolve("a.yaml"));
  }

  @Test
  void placesHaveLines() throws IOException {
    DefinitionFile file =
        DefinitionFile.read(write("a.yaml", "name: a\nautomated:\n  runtime: x\n  list:\n  - 1\n"));

    assertThat(file.line("/automated/runtime")).hasValue(3);
    assertThat(file.line("/automated/list/0")).hasValue(5);
    assertThat(file.line("/automated/source")).hasValue(2);
    assertThat(file.line("/other")).isEmpty();
  }

  @Test
  void theFilesBecomeABundleThatTheDefinitionNames() throws IOException {
    write("main.py", "print()");
    write("data/a.csv", "1");
    write("data/.secret", "s");
    write("notes.txt", "n");

    DefinitionFile file = bundle("[main.py, 'data/**', '*.py']");

    assertThat(names(file.bundle().orElseThrow())).containsExactly("data/a.csv", "main.py");
    assertThat(file.definition().at("/automated/bundle").toString())
        .isEqualTo(
            "{\"entry\":\"main.py\",\"digest\":\"%s\"}".formatted(file.bundle().get().digest()));
    assertThat(file.bundle().get().digest()).matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void theSameFilesGiveTheSameBundleWheneverTheyWereWritten() throws IOException {
    Path main = write("main.py", "print()");
    String before = bundle("[main.py]").bundle().orElseThrow().digest();
    Files.setLastModifiedTime(main, FileTime.fromMillis(0));

    assertThat(bundle("['*.py']").bundle().orElseThrow().digest()).isEqualTo(before);
    Files.write(main, "print(1)".getBytes(StandardCharsets.UTF_8));
    assertThat(bundle("[main.py]").bundle().orElseThrow().digest()).isNotEqualTo(before);
  }

  @Test
  void nothingOutsideOfTheFolderIsRead() throws IOException {
    write("main.py", "");
    Files.createSymbolicLink(folder.resolve("link.txt"), Path.of("/etc/passwd"));

    assertRefused("[main.py, ../x]", "does not stay in the definition's folder");
    assertRefused("[main.py, /etc/passwd]", "does not stay in the definition's folder");
    assertRefused("[main.py, link.txt]", "leads out of the definition's folder");
    assertRefused("[main.py, '*.txt']", "leads out of the definition's folder");
  }

  @Test
  void filesThatCannotBeHadAreNamed() throws IOException {
    write("main.py", "");
    write("other.py", "");
    Files.createDirectory(folder.resolve("sub"));
    write("with space.py", "");

    assertRefused("[main.py, none.py]", "there is no file 'none.py'");
    assertRefused("[main.py, '*.csv']", "fits '*.csv'");
    assertRefused("[main.py, sub]", "for all in a folder write sub/**");
    assertRefused("[other.py]", "the entry 'main.py' is none of the files: other.py");
    assertRefused("['*.py']", "'with space.py' cannot be in a bundle");
    assertRefused("[]", "files is a list");
    assertRefused("[1]", "files is a list");
  }

  @Test
  void filesThatAreNoDefinitionsSayWhatIsWrong() throws IOException {
    assertWrong("a.yaml", "", "is empty");
    assertWrong("a.yaml", "- 1", "a definition is an object");
    assertWrong("a.yaml", "a: 1\n---\nb: 2\n", "a second document begins here");
    assertWrong("a.yaml", "a: 1\nb: 2\na: 3\n", "a key stands once");
    assertWrong("a.json", "{\"a\":1,\"a\":2}", "a key stands once");
    assertWrong("a.json", "{", "cannot be read: ");
    assertWrong("a.yaml", "a: 1\n b: 2\n", ":2: cannot be read");
    assertWrong("a.yaml", "x".repeat((4 << 20) + 1), "has more than 4 MB");
    Files.write(folder.resolve("b.yaml"), new byte[] {'a', ':', (byte) 0xff});
    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> DefinitionFile.read(folder.resolve("b.yaml")))
        .withMessageContaining("not encoded in UTF-8");
    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> DefinitionFile.read(folder.resolve("none.yaml")))
        .withMessage(folder.resolve("none.yaml") + ": there is no such file");
    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> DefinitionFile.read(folder))
        .withMessageContaining("cannot be read");
  }

  private void assertWrong(String name, String text, String message) throws IOException {
    Path file = write(name, text);
    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> DefinitionFile.read(file))
        .withMessageStartingWith(file.toString())
        .withMessageContaining(message);
  }
}
