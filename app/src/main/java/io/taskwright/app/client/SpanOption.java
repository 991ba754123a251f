package io.taskwright.app.client;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The span of time that is meant. */
final class SpanOption {
  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Times.class,
      description = "Not before, such as 2026-03-01T12:00:00Z.")
  private @Nullable Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Times.class,
      description = "Before this.")
  private @Nullable Instant until;

  Optional<Instant> since() {
    return Optional.ofNullable(since);
  }

  Optional<Instant> until() {
    return Optional.ofNullable(until);
  }
}
