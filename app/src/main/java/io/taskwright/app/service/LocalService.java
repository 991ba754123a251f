package io.taskwright.app.service;

import io.taskwright.app.data.TakenPorts;
import io.taskwright.app.machine.Cache;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.machine.Progress;
import io.taskwright.app.machine.SearchPath;
import io.taskwright.app.supervisor.LogFile;
import java.time.Duration;
import java.util.Optional;

/**
 * The service on this machine, as another process sees it that wants to use it.
 *
 * @param plan what is asked for
 * @param progress hears how far it is
 */
public record LocalService(Plan plan, Progress progress) {
  /** How long a supervisor may take from its start to its first description. */
  private static final Duration UNTIL_DESCRIBED = Duration.ofSeconds(10);

  private static final Duration GLANCE = Duration.ofMillis(50);

  /**
   * A service that is ready.
   *
   * @param instance its description
   * @param startedHere the supervisor, when this process has started it
   */
  public record Running(Instance instance, Optional<Process> startedHere) {}

  /**
   * Waits until the service is ready, and starts it first when none runs. It has to be called by a
   * thread that lives as long as a service that does not outlive this process.
   *
   * @param outlivesUs whether a service that is started here goes on when this process ends
   * @throws Obstacle that says why the service cannot be had
   */
  public Running ready(boolean outlivesUs) throws InterruptedException {
    InstanceFile file = InstanceFile.of(plan.data());
    awaitEndOfStopping(file);
    Optional<Instance> live = file.live();
    if (live.isPresent()) {
      return new Running(usable(live.get()) ? live.get() : awaitReady(file), Optional.empty());
    }
    plan.data().checkRoom();
    checkPort();
    new Provision(Cache.ofEnvironment(), SearchPath.ofEnvironment(), progress).get(plan);
    progress.say("Starting on " + plan.data());
    Process supervisor = SupervisorProcess.start(plan, outlivesUs);
    return new Running(awaitReady(file, supervisor), Optional.of(supervisor));
  }

  /** Waits for the service of a supervisor that was started by this process. */
  private Instance awaitReady(InstanceFile file, Process supervisor) throws InterruptedException {
    StateNews news = new StateNews(progress);
    while (true) {
      boolean ended = !supervisor.isAlive();
      Optional<Instance> own =
          file.read().filter(instance -> instance.supervisor().pid() == supervisor.pid());
      own.ifPresent(news::tell);
      if (own.filter(LocalService::usable).isPresent()) {
        return own.get();
      }
      if (ended) {
        if (supervisor.exitValue() == SupervisorMain.LOCKED) {
          return awaitReady(file);
        }
        throw notStarted(own, supervisor.exitValue());
      }
      Thread.sleep(GLANCE);
    }
  }

  /** Waits for the service of somebody else's supervisor. */
  private Instance awaitReady(InstanceFile file) throws InterruptedException {
    StateNews news = new StateNews(progress);
    long lastSeen = System.nanoTime();
    while (true) {
      Optional<Instance> instance = file.live();
      instance.ifPresent(news::tell);
      if (instance.filter(LocalService::usable).isPresent()) {
        return instance.get();
      }
      if (instance.filter(it -> it.state() == ServiceState.FAILED).isPresent()) {
        throw new Obstacle(String.valueOf(instance.get().reason()));
      }
      if (instance.isPresent()) {
        lastSeen = System.nanoTime();
      } else if (System.nanoTime() - lastSeen > UNTIL_DESCRIBED.toNanos()) {
        throw new Obstacle(
            "Another process was starting the service on %s, and it gave up. Its log is %s."
                .formatted(plan.data(), plan.data().log(SupervisorProcess.NAME)));
      }
      Thread.sleep(GLANCE);
    }
  }

  /** A killed supervisor may have left the server that has the port. */
  private void checkPort() throws InterruptedException {
    if (TakenPorts.free(plan.port())) {
      return;
    }
    new Stopping(plan.data(), plan.program().mainClass(), progress).stop();
    if (!TakenPorts.free(plan.port())) {
      throw TakenPorts.taken(plan.port());
    }
  }

  private void awaitEndOfStopping(InstanceFile file) throws InterruptedException {
    boolean told = false;
    while (file.live().filter(it -> it.state() == ServiceState.STOPPING).isPresent()) {
      if (!told) {
        progress.say("Waiting until the running service has stopped");
        told = true;
      }
      Thread.sleep(GLANCE);
    }
  }

  private static boolean usable(Instance instance) {
    return switch (instance.state()) {
      case READY, DEGRADED -> true;
      case STARTING, STOPPING, STOPPED, FAILED -> false;
    };
  }

  private Obstacle notStarted(Optional<Instance> instance, int code) {
    return new Obstacle(
        instance
            .flatMap(it -> Optional.ofNullable(it.reason()))
            .orElseGet(() ->
                "The supervisor ended with exit code %d. Its log %s ends:\n%s"
                    .formatted(
                        code,
                        plan.data().log(SupervisorProcess.NAME),
                        String.join(
                            "\n", LogFile.tail(plan.data().log(SupervisorProcess.NAME), 10)))));
  }
}
