package io.taskwright.app.supervisor;

import io.taskwright.app.process.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One process of the service.
 *
 * @param name what people call it
 * @param version of the program
 * @param needs the parts that must be ready before it is started
 * @param launch how it is started
 * @param readiness when it can be used
 * @param stop how it is ended
 * @param log where its output goes
 */
public record Part(
    String name,
    String version,
    Set<String> needs,
    Launch launch,
    Readiness readiness,
    Stop stop,
    Path log) {
  public Part {
    needs = Set.copyOf(needs);
  }

  /**
   * How a part is started.
   *
   * @param preparation what is done before each start
   * @param command the program and its arguments
   */
  public record Launch(Preparation preparation, List<String> command) {
    public Launch {
      command = List.copyOf(command);
    }
  }

  /** What is done before each start of a part; quick when there is nothing to do. */
  @FunctionalInterface
  public interface Preparation {
    void prepare() throws Exception;
  }

  /**
   * When a part can be used.
   *
   * @param check asked again and again after the start
   * @param within how long after the start it must have said yes; else the part is killed
   */
  public record Readiness(Check check, Duration within) {}

  /** Asks a part whether it can be used. A failure means no. */
  @FunctionalInterface
  public interface Check {
    boolean ready() throws Exception;
  }

  /**
   * How a part is ended.
   *
   * @param signal by which it is asked to end
   * @param within how long it may take; then it is killed
   */
  public record Stop(Signal signal, Duration within) {}
}
