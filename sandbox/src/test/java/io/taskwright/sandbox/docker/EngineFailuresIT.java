package io.taskwright.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.FolderLock;
import io.taskwright.sandbox.guest.GuestProbe;
import io.taskwright.sandbox.pool.WarmSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that does not do what it is asked for. */
final class EngineFailuresIT {
  private final FakeEngine fake = new FakeEngine();
  private final Engine engine = fake.connect();
  private final List<Thread> killers = new CopyOnWriteArrayList<>();

  EngineFailuresIT() throws IOException, EnvironmentException {}

  @AfterEach
  void close() {
    engine.close();
    fake.close();
  }

  @Test
  void saysHowToBuildAMissingImage(@TempDir Path folder) throws EnvironmentException {
    fake.fails("GET /images/" + RuntimeImage.own().name() + "/json", 404);
    FolderLock lock = FolderLock.take(folder);
    assertThatThrownBy(() ->
            DockerSandbox.open(
                "it-missing",
                folder,
                EgressTerms.DEFAULT,
                WarmSettings.NONE,
                command -> command,
                lock,
                fake.connect()))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("has no image " + RuntimeImage.own().name())
        .hasMessageContaining("build it with " + RuntimeImage.SCRIPT);
    lock.close();
  }

  @Test
  void leavesItsFolderToTheNextStart(@TempDir Path folder) throws EnvironmentException {
    String before = System.setProperty("DOCKER_HOST", "unix:///nonexistent/docker.sock");
    try {
      assertThatThrownBy(
              () -> DockerSandbox.open("it-nobody", folder, EgressTerms.DEFAULT, WarmSettings.NONE))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("no Docker engine answers");
    } finally {
      if (before == null) {
        System.clearProperty("DOCKER_HOST");
      } else {
        System.setProperty("DOCKER_HOST", before);
      }
    }
    FolderLock.take(folder).close();
  }

  @Test
  void saysThatNoContainerWasMade() {
    fake.fails("POST /containers/create", 500);
    assertThatThrownBy(this::open)
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("made no container");
    assertThat(fake.asked()).doesNotContain("DELETE /containers/c1");
  }

  @Test
  void removesTheContainerThatDoesNotStart() {
    fake.fails("POST /containers/c1/start", 500);
    assertThatThrownBy(this::open)
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("started no container");
    assertThat(fake.asked()).contains("DELETE /containers/c1");
  }

  @Test
  void waitsForAnEngineThatIsRestarted() throws EnvironmentException {
    fake.hangsUp("POST /containers/create", 1).hangsUp("GET /_ping", 2);
    assertThat(open().id()).isEqualTo("c1");
    assertThat(fake.asked())
        .containsSubsequence(
            "POST /containers/create",
            "GET /_ping",
            "GET /_ping",
            "GET /_ping",
            "DELETE /containers/trial",
            "POST /containers/create");
  }

  @Test
  void goesOnWhenItsEndIsNotSeenAndRemovesItWhenItCan()
      throws EnvironmentException, InterruptedException {
    fake.fails("POST /containers/c1/kill", 500)
        .fails("POST /containers/c1/wait", 500)
        .fails("DELETE /containers/c1", 500);
    DockerEnvironment environment = open();
    environment.kill();
    assertThat(environment.end().outOfMemory()).isFalse();
    await().until(() -> removals() > 1);
    fake.recovers("DELETE /containers/c1");
    for (Thread killer : killers) {
      killer.join(); // they try until it is gone
    }
    assertThat(fake.asked())
        .containsSubsequence("POST /containers/c1/kill", "DELETE /containers/c1");
  }

  @Test
  void outlivesAnEngineThatDiesAtTheEnd() throws EnvironmentException {
    fake.hangsUp("POST /containers/c1/wait", 9).hangsUp("DELETE /containers/c1", 9);
    assertThat(open().end().outOfMemory()).isFalse();
  }

  @Test
  void takesAGoneContainerForRemoved() {
    fake.fails("DELETE /containers/gone", 404).fails("DELETE /containers/stuck", 500);
    assertThat(engine.remove("gone")).isTrue();
    assertThat(engine.remove("stuck")).isFalse();
  }

  private DockerEnvironment open() throws EnvironmentException {
    ContainerPlan plan =
        new ContainerPlan(
            RuntimeImage.own(), Path.of("/tools"), "{}", Map.of(), false, command -> command);
    return DockerEnvironment.open(
        engine,
        plan,
        "trial",
        GuestProbe.LIMITS.room(),
        Optional.empty(),
        Optional.empty(),
        command -> killers.add(Thread.startVirtualThread(command)));
  }

  private long removals() {
    return fake.asked().stream().filter("DELETE /containers/c1"::equals).count();
  }
}
