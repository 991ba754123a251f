package io.taskwright.app.command;

import io.taskwright.app.data.DataFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which instance of the service is meant. */
public final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "The folder that holds everything the service keeps.",
        "Default: $TASKWRIGHT_DATA, else ~/.taskwright"
      })
  private Path path = DataFolder.byDefault();

  /** The folder as it was given. */
  public Path path() {
    return path.toAbsolutePath().normalize();
  }
}
