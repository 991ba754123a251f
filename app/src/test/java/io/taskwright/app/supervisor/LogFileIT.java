package io.taskwright.app.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileIT {
  @TempDir private Path folder;

  @Test
  void cutsALargeLogUnderTheHandsOfItsWriter() throws IOException {
    Path log = folder.resolve("part.log");
    try (OutputStream part =
        Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      part.write(new byte[(int) LogFile.LARGE_BYTES + 1]);

      LogFile.rotateWhenLarge(log);

      part.write("after\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(log).hasContent("after\n");
    assertThat(folder.resolve("part.log.1")).hasSize(LogFile.LARGE_BYTES + 1);
  }

  @Test
  void leavesASmallLogAsItIs() throws IOException {
    Path log = Files.writeString(folder.resolve("part.log"), "before\n");

    LogFile.rotateWhenLarge(log);

    assertThat(log).hasContent("before\n");
    assertThat(folder.resolve("part.log.1")).doesNotExist();
  }

  @Test
  void showsTheLastLinesAndClipsLongOnes() throws IOException {
    Path log = Files.writeString(folder.resolve("part.log"), "a\nb\n" + "x".repeat(1000) + "\n");

    assertThat(LogFile.tail(log, 2)).containsExactly("b", "x".repeat(300) + " …");
    assertThat(LogFile.tail(folder.resolve("none.log"), 2)).isEmpty();
  }
}
