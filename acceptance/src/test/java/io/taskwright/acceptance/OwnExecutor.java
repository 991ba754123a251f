package io.taskwright.acceptance;

import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Checkout;
import io.taskwright.testkit.Installation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An executor as a process of its own, on a folder with its key and nothing else. */
final class OwnExecutor implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);

  private final List<String> arguments;
  private final Map<String, String> environment;
  private final Path data;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private Process process;

  private OwnExecutor(
      List<String> arguments, Map<String, String> environment, Path data, Process process) {
    this.arguments = arguments;
    this.environment = environment;
    this.data = data;
    this.process = process;
    listen();
  }

  /** Starts one with a key of its own, and waits until it is ready. */
  static OwnExecutor ready(
      Installation service, String pool, Map<String, String> settings, String... options) {
    OwnExecutor started = start(service, pool, key(service), settings, options);
    started.awaitReady();
    return started;
  }

  /** Starts one with some key. */
  static OwnExecutor start(
      Installation service,
      String pool,
      String key,
      Map<String, String> settings,
      String... options) {
    try {
      Path data = Files.createTempDirectory("taskwright-executor").toRealPath();
      Files.createDirectory(data.resolve("keys"));
      Files.writeString(data.resolve("keys").resolve("executor.key"), key + "\n");
      List<String> arguments =
          new ArrayList<>(List.of("worker", "--role", "executor", "--pool", pool));
      arguments.addAll(List.of("--data", data.toString()));
      arguments.addAll(List.of("--api", service.url().toString()));
      arguments.addAll(
          List.of("--temporal", service.status().get("temporalAddress").stringValue()));
      arguments.addAll(List.of(options));
      Map<String, String> environment = new HashMap<>(settings);
      environment.putIfAbsent("TASKWRIGHT_EXECUTOR_SANDBOX", "bubblewrap");
      return new OwnExecutor(arguments, environment, data, Checkout.start(arguments, environment));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fresh key for an executor. */
  static String key(Installation service) {
    return service
        .rest()
        .post("/keys", "{\"name\":\"" + Tasks.name("e") + "\",\"role\":\"executor\"}")
        .json()
        .get("secret")
        .stringValue();
  }

  private void listen() {
    for (BufferedReader reader : List.of(process.inputReader(), process.errorReader())) {
      Thread.ofPlatform().daemon().start(() -> read(reader)); // a pipe would pin a virtual one
    }
  }

  private void read(BufferedReader reader) {
    try {
      reader.lines().forEach(lines::add);
    } catch (UncheckedIOException e) {
      // It was killed.
    }
  }

  void awaitReady() {
    await()
        .atMost(START)
        .until(() -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("it ended: " + lines);
          }
          return lines.stream().anyMatch(line -> line.startsWith("ready: "));
        });
  }

  /** What it has printed so far. */
  List<String> lines() {
    return lines;
  }

  /** The last that it has said. */
  String lastLine() {
    return lines.getLast();
  }

  /** Where its health and metrics are, as its line says. */
  URI health() {
    String ready = lines.stream().filter(line -> line.startsWith("ready: ")).findFirst().get();
    return URI.create(ready.substring(ready.lastIndexOf(' ') + 1));
  }

  /** Its folder. */
  Path data() {
    return data;
  }

  long pid() {
    return process.pid();
  }

  /** Sends it a signal, such as {@code STOP}. */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for its end and gives its exit code. */
  int exit(Duration longest) {
    try {
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("it did not end: " + lines);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Its exit code, if it has ended. */
  Optional<Integer> exitCodeIfEnded() {
    return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
  }

  /** Starts it again on its folder. */
  void again() {
    lines.clear();
    process = Checkout.start(arguments, environment);
    listen();
    awaitReady();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    int _ = exit(Duration.ofSeconds(30));
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
