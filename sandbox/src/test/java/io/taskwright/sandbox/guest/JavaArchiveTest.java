package io.taskwright.sandbox.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunSink;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JavaArchiveTest {
  private static final Interpreters JAVA =
      new Interpreters(Map.of(TaskRuntime.JAVA, "/jdk/bin/java"), Optional.empty());

  @TempDir Path folder;
  private final RunThreads threads = new RunThreads("test", 0);
  private final List<Launch> launched = new ArrayList<>();
  private FakeEnvironment environment = new FakeEnvironment();

  @AfterEach
  void endThreads() {
    threads.close();
  }

  @Test
  void keepsWhatTheEnvironmentPrints() {
    byte[] archive = "archive".getBytes(StandardCharsets.UTF_8);
    environment
        .says(3, Base64.getEncoder().encodeToString(archive) + "\n")
        .says(6, "null")
        .ends(FakeEnvironment.WELL, "");
    Interpreters with = new JavaArchive(new GuestTools(folder), "25+1 x").use(JAVA, this::start);
    assertThat(with.javaArchive()).contains("/opt/taskwright/java-25_1_x.jsa");
    assertThat(folder.resolve("java-25_1_x.jsa")).hasBinaryContent(archive);
    assertThat(launched.getFirst().words().getLast())
        .contains("/jdk/bin/java -XX:ArchiveClassesAtExit");
    new JavaArchive(new GuestTools(folder), "25+1 x").use(JAVA, this::start);
    assertThat(launched).hasSize(1);
  }

  @Test
  void doesWithoutWhenItCannotBeMade() {
    environment.ends(new long[] {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}, "");
    assertThat(new JavaArchive(new GuestTools(folder), "25").use(JAVA, this::start))
        .isEqualTo(JAVA);
    environment =
        new FakeEnvironment()
            .says(3, "no base64!\n")
            .says(6, "null")
            .ends(FakeEnvironment.WELL, "");
    assertThat(new JavaArchive(new GuestTools(folder), "25").use(JAVA, this::start))
        .isEqualTo(JAVA);
  }

  @Test
  void makesNoneWithoutAJdk() {
    Interpreters none = new Interpreters(Map.of(), Optional.empty());
    assertThat(new JavaArchive(new GuestTools(folder), "25").use(none, this::start))
        .isEqualTo(none);
    assertThat(new JavaArchive(new GuestTools(folder), "").use(JAVA, this::start)).isEqualTo(JAVA);
    assertThat(launched).isEmpty();
  }

  private Run start(String program, Launch launch, Limits limits, RunSink sink) {
    launched.add(launch);
    return GuestRun.start(program, () -> environment, launch, limits, sink, threads);
  }
}
