package io.taskwright.app.service;

import io.taskwright.app.data.DataLock;
import io.taskwright.app.data.TakenPorts;
import io.taskwright.app.machine.Cache;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.process.Leftovers;
import io.taskwright.app.process.ProcessId;
import io.taskwright.app.supervisor.LogFile;
import io.taskwright.app.supervisor.PartStatus;
import io.taskwright.app.supervisor.Supervisor;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The process that supervises the parts on one data folder. */
public final class SupervisorMain {
  /** The exit code when another supervisor has the data folder. */
  public static final int LOCKED = 3;

  private static final int FAILED = 1;
  private static final int TAIL_LINES = 20;

  private final Plan plan;
  private final CountDownLatch ended = new CountDownLatch(1);

  /** A supervisor for what was asked for. */
  public SupervisorMain(Plan plan) {
    this.plan = plan;
  }

  /**
   * Runs until it is told to end by SIGTERM. The calling thread starts all processes, so it must
   * live until the end.
   *
   * @return the exit code
   */
  public int run() throws InterruptedException, IOException {
    Optional<DataLock> lock = DataLock.take(plan.data());
    if (lock.isEmpty()) {
      return LOCKED;
    }
    try {
      InstanceFile file = InstanceFile.of(plan.data());
      Set<ProcessId> earlier = file.read().map(SupervisorMain::processes).orElse(Set.of());
      int code = run(new InstanceWriter(file, plan), earlier);
      if (code == 0) {
        file.remove();
      }
      return code;
    } finally {
      lock.get().close();
      ended.countDown();
    }
  }

  private int run(InstanceWriter writer, Set<ProcessId> earlier)
      throws InterruptedException, IOException {
    try {
      new Leftovers(plan.data(), plan.program().mainClass()).end(earlier, writer::happened);
      Cache cache = Cache.ofEnvironment();
      try (TakenPorts taken = TakenPorts.take(plan.data(), cache, plan.port())) {
        Service service = Service.of(plan, taken.ports(), cache, writer::happened);
        writer.describe(service);
        return supervise(new Supervisor(service.parts(), writer), writer);
      }
    } catch (Obstacle e) {
      writer.failed(String.valueOf(e.getMessage()));
      return FAILED;
    }
  }

  private int supervise(Supervisor supervisor, InstanceWriter writer) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor)));
    return switch (supervisor.run()) {
      case Supervisor.End.Stopped stopped -> 0;
      case Supervisor.End.GaveUp(PartStatus part, boolean ran) -> {
        writer.failed(
            "%s failed at every start: %s%s"
                .formatted(part.name(), part.reason(), ran ? tail(part) : ""));
        yield FAILED;
      }
    };
  }

  private static String tail(PartStatus part) {
    return "\nIts log %s ends:\n%s"
        .formatted(part.log(), String.join("\n", LogFile.tail(part.log(), TAIL_LINES)));
  }

  private void stop(Supervisor supervisor) {
    supervisor.stop();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Set<ProcessId> processes(Instance earlier) {
    return earlier.parts().stream()
        .flatMap(part -> Stream.ofNullable(part.process()))
        .collect(Collectors.toSet());
  }
}
