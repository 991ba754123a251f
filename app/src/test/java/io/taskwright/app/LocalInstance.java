package io.taskwright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.process.ProcessTable;
import io.taskwright.app.process.RunningProcess;
import io.taskwright.app.process.Signal;
import io.taskwright.app.service.Instance;
import io.taskwright.app.service.InstanceFile;
import io.taskwright.app.supervisor.PartState;
import io.taskwright.app.supervisor.PartStatus;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** One instance of the service on a fresh data folder. Closing it leaves no process behind. */
final class LocalInstance implements AutoCloseable {
  private final Path data;
  private final int port = freePort();

  private LocalInstance(Path data) {
    this.data = data;
  }

  static LocalInstance fresh() {
    try {
      return new LocalInstance(Files.createTempDirectory("taskwright-it").toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path data() {
    return data;
  }

  int port() {
    return port;
  }

  String[] command(String verb, String... options) {
    List<String> arguments = new ArrayList<>(List.of(verb, "--data", data.toString()));
    if (verb.equals("up")) {
      arguments.addAll(List.of("--port", Integer.toString(port)));
    }
    arguments.addAll(List.of(options));
    return arguments.toArray(String[]::new);
  }

  Cli.Result run(String verb, String... options) {
    return Cli.run(command(verb, options));
  }

  /** Starts it in the background and expects it to become ready. */
  LocalInstance up(String... options) {
    String[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = "--detach";
    Cli.Result result = run("up", all);
    assertThat(result.code()).as(result.err()).isZero();
    return this;
  }

  Instance instance() {
    return InstanceFile.of(new DataFolder(data)).live().orElseThrow();
  }

  PartStatus part(String name) {
    return instance().parts().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  long pid(String part) {
    return Objects.requireNonNull(part(part).process()).pid();
  }

  /** All processes that carry the data folder in their command line. */
  List<RunningProcess> processes() {
    return ProcessTable.read().stream()
        .filter(process -> String.join(" ", process.arguments()).contains(data.toString()))
        .toList();
  }

  void awaitReady(String part, Duration within) {
    await()
        .atMost(within)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> part(part).state() == PartState.READY);
  }

  void awaitNoProcess(Duration within) {
    await().atMost(within).untilAsserted(() -> assertThat(processes()).isEmpty());
  }

  static void kill(long pid) {
    Signal.KILL.send(pid);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    run("down");
    processes().forEach(process -> kill(process.id().pid()));
    awaitNoProcess(Duration.ofSeconds(10));
    try (var files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
