package io.taskwright.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Docker engine of the test's own, which it may kill: nobody else's containers are on it. */
final class PrivateDocker implements AutoCloseable {
  private static final String IMAGE = "taskwright/runtimes";

  private final Path folder;
  private Process engine;

  private PrivateDocker(Path folder) {
    this.folder = folder;
    this.engine = start();
  }

  /** Whether the host has an engine from which the image can be had. */
  static boolean possible() {
    return !run(Duration.ofSeconds(20), "docker", "image", "ls", "-q", IMAGE).isBlank();
  }

  /** Starts one, with the image of the runtimes. */
  static PrivateDocker withImage() throws IOException {
    PrivateDocker docker = new PrivateDocker(Files.createTempDirectory("tw-docker").toRealPath());
    String image =
        run(
                Duration.ofSeconds(20),
                "docker",
                "image",
                "ls",
                "--format",
                "{{.Repository}}:{{.Tag}}",
                IMAGE)
            .strip();
    String pipe = "docker save %s | docker -H %s load".formatted(image, docker.host());
    run(Duration.ofMinutes(5), "sh", "-c", pipe.replace('\n', ' '));
    return docker;
  }

  private Process start() {
    // In a network of its own: an engine without a bridge removes the host's.
    List<String> command =
        new ArrayList<>(List.of("unshare", "--net", "dockerd", "--host", host()));
    command.addAll(List.of("--data-root", folder.resolve("data").toString()));
    command.addAll(List.of("--exec-root", folder.resolve("exec").toString()));
    command.addAll(List.of("--pidfile", folder.resolve("pid").toString()));
    command.addAll(List.of("--bridge", "none", "--iptables=false", "--ip-masq=false"));
    try {
      // The engine takes a dead one's number for a living process where nobody has collected it
      // yet.
      Files.deleteIfExists(folder.resolve("pid"));
      Files.deleteIfExists(folder.resolve("exec/containerd/containerd.pid"));
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> !run(Duration.ofSeconds(10), "docker", "-H", host(), "info").isBlank());
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code DOCKER_HOST}. */
  String host() {
    return "unix://" + folder.resolve("sock");
  }

  /** The names of its containers, also of those that have ended. */
  String containers() {
    return run(
        Duration.ofSeconds(20), "docker", "-H", host(), "ps", "-a", "--format", "{{.Names}}");
  }

  /** Kills the engine, and starts it again on its folder. */
  void killAndStart() throws InterruptedException {
    List<ProcessHandle> containerd = engine.children().toList();
    engine.destroyForcibly().waitFor();
    containerd.forEach(ProcessHandle::destroyForcibly);
    engine = start();
  }

  /** What it prints, or nothing if it fails. */
  private static String run(Duration longest, String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0
          ? out
          : "";
    } catch (IOException e) {
      return ""; // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  @Override
  public void close() {
    engine.destroy();
    try {
      if (!engine.waitFor(30, TimeUnit.SECONDS)) {
        engine.destroyForcibly().waitFor();
      }
      endWhatIsLeft();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the processes that an engine leaves behind that did not end well, and its mounts. */
  private void endWhatIsLeft() throws IOException {
    ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
        .forEach(ProcessHandle::destroyForcibly);
    List<String> mounts =
        Files.readAllLines(Path.of("/proc/self/mounts")).stream()
            .map(line -> line.split(" ", -1)[1])
            .filter(mount -> mount.startsWith(folder + "/"))
            .toList();
    for (String mount : mounts.reversed()) {
      run(Duration.ofSeconds(20), "umount", "--lazy", mount);
    }
  }
}
