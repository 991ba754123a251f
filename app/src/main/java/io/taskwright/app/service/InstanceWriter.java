package io.taskwright.app.service;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.process.ProcessId;
import io.taskwright.app.supervisor.LogFile;
import io.taskwright.app.supervisor.PartState;
import io.taskwright.app.supervisor.PartStatus;
import io.taskwright.app.supervisor.Supervisor;
import io.taskwright.app.temporal.TemporalMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes the instance of this process in its file, and what happens in its log. */
final class InstanceWriter implements Supervisor.Listener {
  private final InstanceFile file;
  private final DataFolder data;
  private final Path log;
  private final ProcessId supervisor = ProcessId.self();
  private Instance.Addresses addresses;
  private List<PartStatus> parts = List.of();
  private TemporalMemory.@Nullable Place executions;
  private boolean onceReady;

  InstanceWriter(InstanceFile file, Plan plan) {
    this.file = file;
    this.data = plan.data();
    this.log = plan.data().log(SupervisorProcess.NAME);
    this.addresses = new Instance.Addresses(plan.api(), null, null, plan.data().adminKey());
    write(ServiceState.STARTING, null);
  }

  /** What is described from now on. */
  void describe(Service service) {
    addresses = service.addresses();
    executions = service.executions();
  }

  @Override
  public void changed(List<PartStatus> now) {
    parts = now;
    ServiceState state = state();
    if (state == ServiceState.READY && !onceReady) {
      onceReady = true;
      remember();
    }
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

  /** A Temporal that never worked is not worth remembering. */
  private void remember() {
    try {
      if (executions != null) {
        TemporalMemory.of(data).write(executions);
      }
    } catch (IOException e) {
      happened("cannot remember where the executions are: " + e);
    }
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
    file.write(new Instance(data.root(), state, reason, supervisor, addresses, parts));
  }
}
