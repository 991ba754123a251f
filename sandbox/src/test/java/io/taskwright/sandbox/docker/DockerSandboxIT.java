package io.taskwright.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.CreateContainerResponse;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.conformance.Instances;
import io.taskwright.sandbox.conformance.Mounts;
import io.taskwright.sandbox.conformance.SandboxSuite;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.pool.WarmSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Docker passes the conformance suite wherever an engine answers and the image can be built. */
final class DockerSandboxIT extends SandboxSuite {
  private static final String INSTANCE = Instances.named("docker");
  private static final String LABEL = "io.taskwright.instance";
  private static final Path FOLDER = Path.of("target/sandbox-it/docker").toAbsolutePath();

  private static @Nullable Opened opened;

  /** What the tests use, once it is there. */
  private record Opened(Engine engine, DockerSandbox sandbox) {}

  @BeforeAll
  static void open() throws Exception {
    Engine engine = DockerHost.engine();
    opened = new Opened(engine, DockerSandbox.open(INSTANCE, FOLDER, EGRESS, WARM));
  }

  @AfterAll
  static void close() {
    if (opened != null) {
      opened.sandbox().close();
      opened.engine().close();
    }
  }

  @Test
  void removesWhatAnEarlierLifeLeft() throws EnvironmentException {
    Engine engine = opened().engine();
    String earlier = INSTANCE + "-earlier";
    CreateContainerResponse left =
        engine
            .commands()
            .createContainerCmd(RuntimeImage.own().name())
            .withLabels(Map.of(LABEL, earlier))
            .withCmd("/bin/true")
            .exec();
    assertThat(engine.labelled(LABEL, earlier)).hasSize(1);
    DockerSandbox.open(earlier, FOLDER.resolveSibling("docker-earlier"), EGRESS, WarmSettings.NONE)
        .close();
    assertThat(engine.labelled(LABEL, earlier)).as(left.getId()).isEmpty();
  }

  private static Opened opened() {
    return Objects.requireNonNull(opened);
  }

  @Override
  public Sandbox sandbox() {
    return opened().sandbox();
  }

  @Override
  public void cool() {
    opened().sandbox().pool().cool();
  }

  @Override
  public void assertUntouched() {
    cool();
    assertThat(opened().engine().labelled(LABEL, INSTANCE)).as("containers").isEmpty();
    Mounts.assertNoneOf(FOLDER);
    assertThat(FOLDER.resolve("egress")).as("ways out").isEmptyDirectory();
  }
}
