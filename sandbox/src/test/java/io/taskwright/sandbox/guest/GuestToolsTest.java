package io.taskwright.sandbox.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuestToolsTest {
  @TempDir Path folder;

  @Test
  void laysOutTheWardenAndTheHarnesses() throws Exception {
    GuestTools tools = GuestTools.unpack(folder);
    assertThat(Files.isExecutable(tools.warden())).isTrue();
    for (String name : new String[] {"python.py", "node.js", "bash.sh", "java.jar"}) {
      assertThat(tools.folder().resolve(name)).isNotEmptyFile();
    }
    assertThat(GuestTools.unpack(folder)).isEqualTo(tools);
  }

  @Test
  void repairsWhatIsNotWhole() throws Exception {
    GuestTools tools = GuestTools.unpack(folder);
    Path harness = tools.folder().resolve("bash.sh");
    String whole = Files.readString(harness);
    Files.writeString(harness, "exit 1");
    GuestTools.unpack(folder);
    assertThat(harness).hasContent(whole);
    assertThat(tools.folder()).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void saysWhenTheFolderCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> GuestTools.unpack(file))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("cannot be laid out");
    assertThatThrownBy(() -> FolderLock.take(file.resolve("below")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("cannot be used");
  }

  @Test
  void locksAFolderForOneService() throws EnvironmentException {
    FolderLock lock = FolderLock.take(folder.resolve("a"));
    assertThatThrownBy(() -> FolderLock.take(folder.resolve("a")))
        .hasMessageContaining("another service");
    lock.close();
    FolderLock.take(folder.resolve("a")).close();
  }
}
