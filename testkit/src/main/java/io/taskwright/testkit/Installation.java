package io.taskwright.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One installation on a folder of its own, started by the command line as its users start it. */
public final class Installation implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path data;
  private final int port;

  private Installation(Path data, int port) {
    this.data = data;
    this.port = port;
  }

  /** An installation on a fresh folder, not yet started. */
  public static Installation fresh() {
    try {
      return new Installation(
          Files.createTempDirectory("taskwright-test").toRealPath(), freePort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An installation on a folder of its own and a chosen port, not yet started. */
  public static Installation at(Path data, int port) {
    return new Installation(data, port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** Its data folder. */
  public Path data() {
    return data;
  }

  /** The port of its API. */
  public int port() {
    return port;
  }

  /** Where its API answers. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Starts it and returns when it is ready. */
  public Installation up(String... options) {
    return up(Map.of(), options);
  }

  /** Starts it with settings in the environment, and returns when it is ready. */
  public Installation up(Map<String, String> settings, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("up", "--detach", "--data", data.toString(), "--port", Integer.toString(port)));
    arguments.addAll(List.of(options));
    Checkout.Result result = Checkout.run(arguments, settings, Duration.ofMinutes(15));
    if (result.code() != 0) {
      throw new IllegalStateException("up failed: " + result.err() + result.out());
    }
    return this;
  }

  /** Stops it cleanly. */
  public void down() {
    Checkout.run(List.of("down", "--data", data.toString()));
  }

  /** What {@code status -o json} says. */
  public JsonNode status() {
    Checkout.Result result =
        Checkout.run(List.of("status", "--data", data.toString(), "-o", "json"));
    return JSON.readTree(result.out());
  }

  /** The process number of one of its parts. */
  public long pid(String part) {
    return status()
        .get("parts")
        .valueStream()
        .filter(each -> each.get("name").stringValue().equals(part))
        .findFirst()
        .orElseThrow()
        .get("pid")
        .longValue();
  }

  /** The key of the first administrator. */
  public String adminKey() {
    try {
      return Files.readString(data.resolve("keys").resolve("admin.key")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its API, called by the first administrator. */
  public Rest rest() {
    return new Rest(url(), adminKey());
  }

  /**
   * Kills every process that carries the data folder in its command line, as {@code pkill -9 -f}
   * would.
   */
  public void killEverything() {
    processes().forEach(Installation::kill);
  }

  /** Kills a process with SIGKILL. */
  public static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** The numbers of its processes. */
  public List<Long> processes() {
    try (Stream<Path> folders = Files.list(Path.of("/proc"))) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .filter(name -> commandLine(name).contains(data.toString()))
          .map(Long::parseLong)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String commandLine(String pid) {
    try {
      return Files.readString(Path.of("/proc", pid, "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it is gone
    }
  }

  /** Runs a command of the command line against this installation. */
  public Checkout.Result command(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return Checkout.run(all, Map.of(), Duration.ofMinutes(5));
  }

  @Override
  public void close() {
    down();
    killEverything();
    try (Stream<Path> files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).forEach(Installation::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
