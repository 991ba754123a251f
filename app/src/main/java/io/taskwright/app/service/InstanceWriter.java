package io.taskwright.app.service;

import io.taskwright.app.process.ProcessId;
import io.taskwright.app.supervisor.LogFile;
import io.taskwright.app.supervisor.PartState;
import io.taskwright.app.supervisor.PartStatus;
import io.taskwright.app.supervisor.Supervisor;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes the instance of this process in its file, and what happens in its log. */
final class InstanceWriter implements Supervisor.Listener {
  private final InstanceFile file;
  private final Path data;
  private final Path log;
  private final ProcessId supervisor = ProcessId.self();
  private Instance.Addresses addresses;
  private List<PartStatus> parts = List.of();
  private boolean onceReady;

  InstanceWriter(InstanceFile file, Plan plan) {
    this.file = file;
    this.data = plan.data().root();
    this.log = plan.data().log(SupervisorProcess.NAME);
    this.addresses = new Instance.Addresses(plan.api(), null, null, plan.data().adminKey());
    write(ServiceState.STARTING, null);
  }

  /** Where things are is known now. */
  void at(Instance.Addresses known) {
    addresses = known;
  }

  @Override
  public void changed(List<PartStatus> now) {
    parts = now;
    ServiceState state = state();
    onceReady |= state == ServiceState.READY;
    write(state, null);
  }

  @Override
  public void happened(String line) {
    LogFile.rotateWhenLarge(log);
    System.out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
  }

  /** The service could not be started. */
  void failed(String reason) {
    happened("failed: " + reason);
    write(ServiceState.FAILED, reason);
  }

  private ServiceState state() {
    if (parts.stream().allMatch(part -> part.state() == PartState.READY)) {
      return ServiceState.READY;
    }
    if (parts.stream().anyMatch(part -> ends(part.state()))) {
      return ServiceState.STOPPING;
    }
    return onceReady ? ServiceState.DEGRADED : ServiceState.STARTING;
  }

  private static boolean ends(PartState state) {
    return state == PartState.STOPPING || state == PartState.STOPPED;
  }

  private void write(ServiceState state, @Nullable String reason) {
    file.write(new Instance(data, state, reason, supervisor, addresses, parts));
  }
}
