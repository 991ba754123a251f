package io.taskwright.app.temporal;

import io.taskwright.app.machine.HostAndPort;
import io.taskwright.app.machine.Version;
import java.nio.file.Path;

/** Where the Temporal of this machine comes from. */
public sealed interface TemporalSource {
  /** What a person reads about it. */
  String description();

  /** Where executions are that it runs. */
  default TemporalMemory.Place place() {
    return switch (this) {
      case Given(HostAndPort address) -> new TemporalMemory.Place.Elsewhere(address);
      case DevServer server -> new TemporalMemory.Place.DevServerFile();
      case Programs programs -> new TemporalMemory.Place.Postgres();
      case Buildable buildable -> new TemporalMemory.Place.Postgres();
      case Images images -> new TemporalMemory.Place.Postgres();
    };
  }

  /**
   * It runs already, and is somebody else's.
   *
   * @param address of its frontend
   */
  record Given(HostAndPort address) implements TemporalSource {
    @Override
    public String description() {
      return "the server at " + address;
    }
  }

  /**
   * Programs in the cache.
   *
   * @param folder where they are
   * @param pins their versions
   */
  record Programs(Path folder, TemporalPins pins) implements TemporalSource {
    @Override
    public String description() {
      return "server %s built in %s".formatted(pins.server(), folder);
    }
  }

  /**
   * Programs that are not in the cache, but can be built into it.
   *
   * @param go the Go compiler
   * @param pins their versions
   */
  record Buildable(Path go, TemporalPins pins) implements TemporalSource {
    @Override
    public String description() {
      return "server %s, to be built with %s".formatted(pins.server(), go);
    }
  }

  /**
   * The development server of Temporal's command line, with a database file of its own.
   *
   * @param program the command line
   * @param server the version of the server inside
   */
  record DevServer(Path program, Version server) implements TemporalSource {
    @Override
    public String description() {
      return "the development server %s of %s".formatted(server, program);
    }
  }

  /**
   * Images that a container engine fetches.
   *
   * @param docker the engine's command line
   * @param pins their versions
   */
  record Images(Path docker, TemporalPins pins) implements TemporalSource {
    @Override
    public String description() {
      return "server %s as an image, run by %s".formatted(pins.server(), docker);
    }
  }
}
