package io.taskwright.app.client;

import io.taskwright.client.Start;
import io.taskwright.client.TaskwrightClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a task is started. */
final class StartOptions {
  @Mixin private InputOption input = new InputOption();
  @Mixin private FileOption files = new FileOption();

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "A label of the execution. May be given more than once.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(names = "--priority", paramLabel = "N", description = "1 (first) to 5 (last). Default: 3")
  private @Nullable Integer priority;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "The same key again gives the same execution. Default: a new one")
  private @Nullable String idempotencyKey;

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "The task's version. Default: the latest")
  private @Nullable Integer version;

  @Option(
      names = "--cache",
      paramLabel = "USE",
      description =
          "With a task that keeps its results: refresh does the work and keeps the new one, bypass"
              + " does it and keeps nothing. Default: use")
  private @Nullable String cache;

  /** Whether a version was asked for. */
  boolean namesVersion() {
    return version != null;
  }

  /**
   * What is asked of the service. There always is a key, so that the start may be repeated when the
   * answer is lost.
   */
  Start start(Optional<Instant> startAt, Duration patience) {
    return new Start(
        input.json(),
        version == null ? OptionalInt.empty() : OptionalInt.of(version),
        startAt,
        priority == null ? OptionalInt.empty() : OptionalInt.of(priority),
        labels,
        Optional.of(key()),
        Map.of(),
        Optional.ofNullable(cache),
        patience);
  }

  /** The key that was given, or a fresh one. */
  String key() {
    return idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
  }

  /** The same with the files that are given, which are uploaded first. */
  Start withFiles(TaskwrightClient client, Start start) {
    return files.upload(client, start);
  }
}
