package io.taskwright.app.client;

import io.taskwright.app.data.DataFolder;
import io.taskwright.client.TaskwrightClient;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which service is meant. */
final class ServiceOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "The data folder of a service on this machine.",
        "Default: $TASKWRIGHT_URL with $TASKWRIGHT_API_KEY if set, else $TASKWRIGHT_DATA, else"
            + " ~/.taskwright"
      })
  private @Nullable Path data;

  /** A client of it. */
  TaskwrightClient client() {
    return new TaskwrightClient(search().endpoint());
  }

  /** What a command that is proposed to the person has to say so that it means the same service. */
  String again() {
    return data == null ? "" : " --data " + data;
  }

  /** How it is found. */
  ServiceSearch search() {
    return new ServiceSearch(
        Optional.ofNullable(data).map(it -> it.toAbsolutePath().normalize()),
        DataFolder.byDefault(),
        System.getenv());
  }
}
