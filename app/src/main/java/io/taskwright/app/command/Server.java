package io.taskwright.app.command;

import io.taskwright.app.server.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code server}: the API and the core workers, as one process of a larger installation. */
@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    description = "Runs the API and the core workers in this process.")
public final class Server implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Spring properties with the settings. Environment variables win over it.")
  private @Nullable Path config;

  @Override
  public Integer call() throws InterruptedException {
    List<Path> settings = new ArrayList<>();
    settings.add(data.path().resolve("run").resolve("server.properties"));
    if (config != null) {
      settings.add(config.toAbsolutePath());
    }
    ServerProcess.start(data.path(), settings);
    new CountDownLatch(1).await(); // Spring's own hook ends the process
    return 0;
  }
}
