package io.taskwright.app.server;

import io.taskwright.activities.executor.RefusedException;
import io.taskwright.app.terminal.Interrupts;
import io.taskwright.model.protocol.WorkerBeat.BackEndReport;
import io.taskwright.temporal.TemporalConnection;
import io.taskwright.temporal.TemporalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An executor as a process of its own: no Spring, no database. */
public final class WorkerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final ExecutorSettings settings;
  private final Consumer<String> news;
  private final CountDownLatch told = new CountDownLatch(1);

  private WorkerProcess(ExecutorSettings settings, Consumer<String> news) {
    this.settings = settings;
    this.news = news;
  }

  /**
   * Runs until the process is told to end, and what runs then has ended too. Told twice, it ends at
   * once.
   *
   * @param settings {@code taskwright.data}, {@code taskwright.api.url}, {@code
   *     taskwright.temporal.address}, {@code taskwright.temporal.namespace}; optional: {@code
   *     taskwright.executor.*}, {@code server.address} and {@code server.port} for health
   * @param pool whose work it takes
   * @param news takes a line when it is ready, and when it ends
   */
  public static void run(Properties settings, String pool, Consumer<String> news)
      throws IOException, InterruptedException, StartFailure {
    ExecutorSettings read = ExecutorSettings.of(settings, pool);
    TemporalSettings temporal =
        new TemporalSettings(
            ExecutorSettings.required(settings, "taskwright.temporal.address"),
            settings.getProperty("taskwright.temporal.namespace", "taskwright"),
            "");
    try (WorkerPort port =
            WorkerPort.open(
                settings.getProperty("server.address", "127.0.0.1"),
                Integer.parseInt(settings.getProperty("server.port", "0")));
        TemporalConnection connection =
            TemporalConnection.of(temporal, ProcessName.get(), port.scope())) {
      new WorkerProcess(read, news).run(connection, temporal, port);
    }
  }

  private void run(TemporalConnection connection, TemporalSettings temporal, WorkerPort port)
      throws IOException, InterruptedException, StartFailure {
    if (!Files.isReadable(settings.keyFile())) {
      throw new StartFailure(
          StartFailure.KEY_REFUSED,
          "there is no key in "
              + settings.keyFile()
              + ": make one with 'taskwright keys create NAME --role executor', and write it"
              + " there");
    }
    try (ExecutorParts parts = new ExecutorParts(settings, connection.client())) {
      Interrupts.tellOfEnd(times -> end(parts, times));
      if (parts.runtimes().isEmpty()) {
        throw new StartFailure(
            StartFailure.NO_SANDBOX,
            "this host offers no sandbox, and code is never run without one: " + reasons(parts));
      }
      register(parts);
      parts.start();
      awaitTemporal(parts, temporal);
      port.show(parts);
      if (told.getCount() > 0) {
        news.accept(ready(parts, temporal, port));
      }
      told.await();
      news.accept(
          "takes no more work; waits at most "
              + settings.drain()
              + " for "
              + parts.running()
              + " attempts; a second signal ends them");
      parts.drain(settings.drain());
    }
  }

  private void end(ExecutorParts parts, int times) {
    if (times == 1) {
      told.countDown();
    } else {
      parts.hurry();
    }
  }

  private void register(ExecutorParts parts) throws InterruptedException, StartFailure {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean said = false;
    while (told.getCount() > 0) {
      try {
        parts.register();
        return;
      } catch (RefusedException e) {
        throw e.ofKey()
            ? new StartFailure(
                StartFailure.KEY_REFUSED,
                "the service refuses the key in "
                    + settings.keyFile()
                    + ": make one with 'taskwright keys create NAME --role executor' ("
                    + e.getMessage()
                    + ")")
            : new StartFailure(
                StartFailure.UNREACHABLE,
                "what answers at "
                    + settings.api()
                    + " is no Taskwright of this version ("
                    + e.getMessage()
                    + ")");
      } catch (IOException e) {
        if (System.nanoTime() - deadline > 0) {
          throw new StartFailure(
              StartFailure.UNREACHABLE,
              "the service at " + settings.api() + " does not answer (" + e + ")");
        }
        if (!said) {
          LOG.warn("waits for the service at {}: {}", settings.api(), e.toString());
          said = true;
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  private void awaitTemporal(ExecutorParts parts, TemporalSettings temporal)
      throws InterruptedException, StartFailure {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<String> trouble = parts.trouble();
    while (trouble.isPresent() && told.getCount() > 0) {
      if (System.nanoTime() - deadline > 0) {
        throw new StartFailure(
            StartFailure.UNREACHABLE,
            "this executor cannot wait for work at Temporal's "
                + temporal.address()
                + ", namespace "
                + temporal.namespace()
                + ": "
                + trouble.get());
      }
      Thread.sleep(PAUSE);
      trouble = parts.trouble();
    }
  }

  private String ready(ExecutorParts parts, TemporalSettings temporal, WorkerPort port) {
    return "ready: pool "
        + settings.pool()
        + ", "
        + settings.slots().most()
        + " slots, runs "
        + String.join(", ", parts.runtimes())
        + " in "
        + parts.backEnds().stream()
            .filter(BackEndReport::offered)
            .map(BackEndReport::name)
            .collect(Collectors.joining(" and "))
        + "; service "
        + settings.api()
        + ", Temporal "
        + temporal.address()
        + ", health "
        + port.url();
  }

  private static String reasons(ExecutorParts parts) {
    return parts.backEnds().stream()
        .map(each -> each.name() + ": " + each.detail())
        .collect(Collectors.joining("; "));
  }
}
