package io.taskwright.app.temporal;

import io.taskwright.app.machine.Cache;
import io.taskwright.app.machine.HostAndPort;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.machine.SearchPath;
import io.taskwright.app.machine.Tool;
import io.taskwright.app.machine.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which Temporal this machine can have. The first that is there is taken: an address that
 * is given, programs in the cache, a Go compiler to build them, Temporal's own command line, a
 * container engine.
 *
 * @param path where programs are looked for
 * @param cache where built programs are
 * @param pins the versions that are wanted
 */
public record TemporalSearch(SearchPath path, Cache cache, TemporalPins pins) {
  /** The variable that names the address of a Temporal that runs already. */
  public static final String ADDRESS_VARIABLE = "TASKWRIGHT_TEMPORAL_ADDRESS";

  static final Version OLDEST_1_29 = Version.of(1, 29, 5);
  static final Version OLDEST = Version.of(1, 30, 3);

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final String GO =
      "install Go (https://go.dev/dl), from which the pinned server is built once";
  private static final String COMMAND_LINE =
      "put Temporal's command line `temporal` with a server >= " + OLDEST + " on the PATH";
  private static final String ENGINE = "start a Docker engine that can fetch images";
  private static final String ADDRESS =
      "give the address of a server that runs: up --temporal HOST:PORT, or " + ADDRESS_VARIABLE;

  /**
   * What was found.
   *
   * @param source what will be used, or null when there is nothing
   * @param refusals what is there but will not do, and why
   * @param choices what a person can do when there is nothing
   */
  public record Found(
      @Nullable TemporalSource source, List<String> refusals, List<String> choices) {
    public Found {
      refusals = List.copyOf(refusals);
      choices = List.copyOf(choices);
    }

    /**
     * What will be used.
     *
     * @throws Obstacle that names all choices, when there is nothing
     */
    public TemporalSource orExplain() {
      if (source != null) {
        return source;
      }
      StringBuilder text = new StringBuilder("There is no Temporal server to use.\n");
      refusals.forEach(refusal -> text.append("  ").append(refusal).append('\n'));
      text.append("One of these will do:");
      choices.forEach(choice -> text.append("\n  - ").append(choice));
      throw new Obstacle(text.toString());
    }
  }

  /**
   * Searches.
   *
   * @param given the address of a Temporal that runs already
   * @param before where this data folder's executions are
   */
  public Found find(Optional<HostAndPort> given, Optional<TemporalMemory.Place> before) {
    if (given.isPresent()) {
      return elsewhere(given.get());
    }
    List<String> refusals = new ArrayList<>();
    return switch (before.orElse(null)) {
      case TemporalMemory.Place.Elsewhere(HostAndPort address) -> elsewhere(address);
      case TemporalMemory.Place.DevServerFile() -> {
        refusals.add(
            "The executions of this data folder are in a file that only Temporal's command line"
                + " reads.");
        yield new Found(devServer(refusals).orElse(null), refusals, List.of(COMMAND_LINE));
      }
      case TemporalMemory.Place.Postgres() ->
          new Found(
              pinned().or(() -> images(refusals)).orElse(null), refusals, List.of(GO, ENGINE));
      case null ->
          new Found(
              pinned().or(() -> devServer(refusals)).or(() -> images(refusals)).orElse(null),
              refusals,
              List.of(GO, COMMAND_LINE, ENGINE, ADDRESS));
    };
  }

  private static Found elsewhere(HostAndPort address) {
    return new Found(new TemporalSource.Given(address), List.of(), List.of());
  }

  private Optional<TemporalSource> pinned() {
    Optional<Path> built = cache.find(pins.cacheName());
    if (built.isPresent()) {
      return Optional.of(new TemporalSource.Programs(built.get(), pins));
    }
    return path.find("go").map(go -> new TemporalSource.Buildable(go, pins));
  }

  private Optional<TemporalSource> devServer(List<String> refusals) {
    Optional<Path> program = path.find("temporal");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    String said = Tool.of(program.get().toString(), "--version").run(LIMIT).output();
    Optional<Version> server = serverVersion(said);
    if (server.isPresent() && fixed(server.get())) {
      return Optional.of(new TemporalSource.DevServer(program.get(), server.get()));
    }
    refusals.add(
        "%s is not used: its server %s has the hole CVE-2026-5199, which 1.29.5 and 1.30.3 close."
            .formatted(program.get(), server.map(Version::toString).orElse("of unknown version")));
    return Optional.empty();
  }

  /** Reads {@code temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)}. */
  static Optional<Version> serverVersion(String said) {
    int server = said.indexOf("Server ");
    return server < 0 ? Optional.empty() : Version.in(said.substring(server));
  }

  /** Whether a server has the fix of CVE-2026-5199. */
  static boolean fixed(Version server) {
    boolean is129 = server.number(0) == 1 && server.number(1) == 29;
    return server.compareTo(is129 ? OLDEST_1_29 : OLDEST) >= 0;
  }

  private Optional<TemporalSource> images(List<String> refusals) {
    Optional<Path> docker = path.find("docker");
    if (docker.isEmpty()) {
      return Optional.empty();
    }
    if (Tool.of(docker.get().toString(), "version").run(LIMIT).succeeded()) {
      return Optional.of(new TemporalSource.Images(docker.get(), pins));
    }
    refusals.add("%s is there, but its engine does not answer.".formatted(docker.get()));
    return Optional.empty();
  }
}
