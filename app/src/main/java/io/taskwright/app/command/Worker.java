package io.taskwright.app.command;

import io.taskwright.app.server.WorkerProcess;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code worker}: one worker process of a larger installation. */
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    description =
        "Runs code for a pool in this process. It needs Temporal and the API, no database.")
public final class Worker implements Callable<Integer> {
  /** What a worker process may be. */
  public enum WorkerRole {
    EXECUTOR
  }

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--role",
      required = true,
      description = "What the worker does: ${COMPLETION-CANDIDATES}.")
  private WorkerRole role = WorkerRole.EXECUTOR;

  @Option(
      names = "--pool",
      paramLabel = "NAME",
      description = "Whose work it takes. Default: default")
  private String pool = "default";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties with the settings. Environment variables win over it.")
  private @Nullable Path config;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Properties settings = new Properties();
    settings.setProperty("taskwright.data", data.path().toString());
    load(settings, data.path().resolve("run").resolve("executor.properties"));
    if (config != null) {
      load(settings, config);
    }
    overrideByEnvironment(settings);
    switch (role) {
      case EXECUTOR -> WorkerProcess.run(settings, pool);
    }
    return 0;
  }

  private static void load(Properties settings, Path file) throws IOException {
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        settings.load(reader);
      }
    }
  }

  /** {@code TASKWRIGHT_API_URL} stands for {@code taskwright.api.url}. */
  private static void overrideByEnvironment(Properties settings) {
    System.getenv()
        .forEach((name, value) -> {
          if (name.startsWith("TASKWRIGHT_")) {
            settings.setProperty(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
          }
        });
  }
}
