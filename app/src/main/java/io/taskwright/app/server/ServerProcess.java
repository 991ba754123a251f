package io.taskwright.app.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts the server in this process. */
public final class ServerProcess {
  private ServerProcess() {}

  /**
   * Starts it and returns; it lives until the process is told to end.
   *
   * @param data the folder for keys and bundles, unless the settings name another
   * @param settings files of Spring properties, the later ones win
   */
  public static void start(Path data, List<Path> settings) {
    String locations =
        String.join(",", settings.stream().map(file -> "optional:file:" + file).toList());
    new SpringApplicationBuilder(ServerApplication.class)
        .web(WebApplicationType.SERVLET)
        .properties(Map.of("spring.config.additional-location", locations, "taskwright.data", data))
        .run();
  }
}
