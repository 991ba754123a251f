package io.taskwright.app.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.app.machine.JavaProgram.Rehearsed;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JavaProgramIT {
  @TempDir Path lib;

  private JavaProgram program(String classPath) {
    return new JavaProgram(Path.of("java"), classPath, "Main");
  }

  @Test
  void usesTheClassCacheThatWasMadeBesideTheJar() throws IOException {
    JavaProgram program = program(lib.resolve("app.jar").toString());
    Files.createFile(lib.resolve("server.aot"));
    assertThat(program.classCache(Rehearsed.SERVER))
        .contains("-XX:AOTCache=" + lib.resolve("server.aot"));
    assertThat(program.classCache(Rehearsed.COMMAND)).isEmpty();
  }

  @Test
  void usesNoClassCacheForAClassPathOfManyParts() throws IOException {
    Files.createFile(lib.resolve("server.aot"));
    String jar = lib.resolve("app.jar").toString();
    assertThat(program(jar + File.pathSeparator + jar).classCache(Rehearsed.SERVER)).isEmpty();
  }
}
