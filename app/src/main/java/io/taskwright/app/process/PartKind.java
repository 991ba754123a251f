package io.taskwright.app.process;

import io.taskwright.app.data.DataFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The kinds of processes that the service has on a data folder, in the order in which they are
 * ended. Each is told by what stands in its command line, never by the name of the folder alone: an
 * editor or a client that names the folder is no part of the service.
 */
public enum PartKind {
  /** The server and the executor; {@code mainClass} with one of these verbs. */
  JAVA(Signal.TERM, Duration.ofSeconds(20)) {
    @Override
    boolean made(RunningProcess process, DataFolder data, String mainClass) {
      return VERBS.stream().anyMatch(verb -> process.has(mainClass, verb))
          && process.has("--data", data.toString());
    }
  },
  TEMPORAL(Signal.TERM, Duration.ofSeconds(10)) {
    @Override
    boolean made(RunningProcess process, DataFolder data, String mainClass) {
      Path folder = data.temporal();
      return process.has("--config-file", folder.resolve("server.yaml").toString())
          || process.has("--root", folder.toString())
          || process.has("--db-filename", folder.resolve("start-dev.db").toString());
    }
  },
  /** The postmaster, and its children, whose command line is a title. */
  POSTGRES(Signal.INT, Duration.ofSeconds(20)) {
    @Override
    boolean made(RunningProcess process, DataFolder data, String mainClass) {
      String folder = data.postgres().toString();
      boolean starts = STARTERS.contains(process.name()) && process.has("-D", folder);
      boolean runs = process.name().equals("postgres") && process.directory().equals(folder);
      return starts || runs;
    }
  };

  private static final Set<String> STARTERS = Set.of("postgres", "setpriv", "unshare");
  private static final Set<String> VERBS = Set.of("server", "worker");

  private final Signal stop;
  private final Duration patience;

  PartKind(Signal stop, Duration patience) {
    this.stop = stop;
    this.patience = patience;
  }

  /** Whether a process is of this kind and belongs to the data folder. */
  abstract boolean made(RunningProcess process, DataFolder data, String mainClass);

  /** How it is asked to end. */
  Signal stop() {
    return stop;
  }

  /** How long it may take to end before it is killed. */
  Duration patience() {
    return patience;
  }

  /**
   * The processes that are told to end. A child of the postmaster takes the signal for something
   * else; it ends when the postmaster does.
   */
  List<RunningProcess> leaders(List<RunningProcess> processes) {
    return this == POSTGRES
        ? processes.stream().filter(process -> process.arguments().contains("-D")).toList()
        : processes;
  }
}
