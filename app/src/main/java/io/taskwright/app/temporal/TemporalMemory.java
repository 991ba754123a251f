package io.taskwright.app.temporal;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.data.OwnerOnlyFile;
import io.taskwright.app.machine.HostAndPort;
import io.taskwright.app.machine.Obstacle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which Temporal has a data folder's executions. Another one would not know them, so the first
 * choice is kept until a person changes it.
 *
 * @param file where it is written
 */
public record TemporalMemory(Path file) {
  /** Where the executions are. */
  public sealed interface Place {
    /** In this folder's PostgreSQL. */
    record Postgres() implements Place {}

    /** In the database file of the development server. */
    record DevServerFile() implements Place {}

    /**
     * In a Temporal that is somebody else's.
     *
     * @param address of its frontend
     */
    record Elsewhere(HostAndPort address) implements Place {}
  }

  private static final String POSTGRES = "postgres";
  private static final String DEV_SERVER_FILE = "start-dev";

  /** The memory of a data folder. */
  public static TemporalMemory of(DataFolder data) {
    return new TemporalMemory(data.temporal().resolve("executions-are-in"));
  }

  /** The place, once one was chosen. */
  public Optional<Place> read() {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      String text = Files.readString(file).strip();
      return switch (text) {
        case POSTGRES -> Optional.of(new Place.Postgres());
        case DEV_SERVER_FILE -> Optional.of(new Place.DevServerFile());
        default -> HostAndPort.parse(text).map(Place.Elsewhere::new);
      };
    } catch (IOException e) {
      throw new Obstacle("Cannot read %s.".formatted(file), e);
    }
  }

  /** Keeps the place. */
  public void write(Place place) throws IOException {
    String text =
        switch (place) {
          case Place.Postgres() -> POSTGRES;
          case Place.DevServerFile() -> DEV_SERVER_FILE;
          case Place.Elsewhere(HostAndPort address) -> address.toString();
        };
    OwnerOnlyFile.write(file, text + "\n");
  }
}
