package io.taskwright.app.command;

import io.taskwright.app.server.StartFailure;
import io.taskwright.app.server.WorkerProcess;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code worker}: one worker process of a larger installation. */
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    description =
        "Runs code for a pool in this process. It needs Temporal and the API, no database.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:it was told to end, and what ran has ended",
      "2:a setting is missing or wrong",
      "4:Temporal or the service does not answer",
      "5:the service refuses the key",
      "6:this host offers no sandbox"
    })
public final class Worker implements Callable<Integer> {
  /** What a worker process may be. */
  public enum WorkerRole {
    EXECUTOR
  }

  @Spec private @Nullable CommandSpec spec;
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

  @Option(
      names = "--api",
      paramLabel = "URL",
      description = "Where the service answers. Default: taskwright.api.url")
  private @Nullable String api;

  @Option(
      names = "--temporal",
      paramLabel = "HOST:PORT",
      description = "Where Temporal answers. Default: taskwright.temporal.address")
  private @Nullable String temporal;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "With the executor's key. Default: DATA/keys/executor.key")
  private @Nullable Path keyFile;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Properties settings = new Properties();
    settings.setProperty("taskwright.data", data.path().toString());
    load(settings, data.path().resolve("run").resolve("executor.properties"));
    if (config != null) {
      load(settings, config);
    }
    overrideByEnvironment(settings);
    override(settings, "taskwright.api.url", api);
    override(settings, "taskwright.temporal.address", temporal);
    override(settings, "taskwright.executor.key-file", keyFile);
    CommandLine verb = Objects.requireNonNull(spec).commandLine();
    try {
      switch (role) {
        case EXECUTOR -> WorkerProcess.run(settings, pool, line -> say(verb, line));
      }
      return 0;
    } catch (StartFailure e) {
      verb.getErr().println(e.getMessage());
      return e.code();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(verb, String.valueOf(e.getMessage()), e);
    }
  }

  private static void say(CommandLine verb, String line) {
    verb.getOut().println(line);
    verb.getOut().flush();
  }

  private static void override(Properties settings, String name, @Nullable Object value) {
    if (value != null) {
      settings.setProperty(name, value.toString());
    }
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
