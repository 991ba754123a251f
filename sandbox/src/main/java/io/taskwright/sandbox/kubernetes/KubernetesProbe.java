package io.taskwright.sandbox.kubernetes;

import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.ProbeReport.Check;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.GuestProbe;
import io.taskwright.sandbox.guest.GuestTools;
import io.taskwright.sandbox.guest.Interpreters;
import io.taskwright.sandbox.guest.Launch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Checks what the cluster holds: from inside by the warden, from outside by what becomes of a pod.
 */
final class KubernetesProbe {
  private final KubernetesSandbox sandbox;
  private final Cluster cluster;

  KubernetesProbe(KubernetesSandbox sandbox, Cluster cluster) {
    this.sandbox = sandbox;
    this.cluster = cluster;
  }

  ProbeReport run() {
    List<Check> checks = new ArrayList<>();
    try {
      checks.add(tools());
      checks.addAll(GuestProbe.networked(sandbox::start, cluster.address()).run());
      checks.addAll(fromOutside());
    } catch (EnvironmentException e) {
      checks.add(
          new Check("a pod can be looked at from outside", false, String.valueOf(e.getMessage())));
    }
    return new ProbeReport(checks);
  }

  /** An image of another version would hold its programs to other rules. */
  private Check tools() throws EnvironmentException {
    Map<String, String> wanted = GuestTools.hashes();
    List<String> words = new ArrayList<>(List.of("/usr/bin/sha256sum"));
    wanted.keySet().forEach(name -> words.add(Interpreters.TOOLS + "/" + name));
    Hashes found = new Hashes(new HashMap<>());
    Launch launch = new Launch(words, Map.of("PATH", "/usr/bin:/bin"), List.of(), List.of());
    RunEnd end = sandbox.start("probe-tools", launch, GuestProbe.LIMITS, found).end().join();
    List<String> others =
        wanted.keySet().stream()
            .filter(name -> !Objects.equals(wanted.get(name), found.byName().get(name)))
            .toList();
    String detail =
        switch (end) {
          case RunEnd.Failed failed -> failed.failure().message();
          case RunEnd.Returned _ when others.isEmpty() -> "the same";
          case RunEnd.Returned _, RunEnd.Stopped _ ->
              others + " differ: build the image with " + KubernetesSandbox.SCRIPT;
        };
    return new Check("the image has the tools of this service", others.isEmpty(), detail);
  }

  /** That the pod is what was asked for was checked when it was made. */
  private List<Check> fromOutside() throws EnvironmentException {
    PodEnvironment environment =
        sandbox.open(sandbox.pool().nextName("probe"), GuestProbe.LIMITS.room());
    boolean stands = cluster.state(environment.name()).running();
    environment.kill();
    environment.end();
    boolean gone = cluster.state(environment.name()).pod() == null;
    return List.of(
        new Check("a pod stands and waits", stands, environment.name()),
        new Check("nothing is left of a pod", gone, "removed"));
  }

  /** Reads what {@code sha256sum} prints. */
  private record Hashes(Map<String, String> byName) implements RunSink {
    @Override
    public void log(Source source, String line) {
      String[] parts = line.split(" +", 2);
      if (source == Source.STDOUT && parts.length == 2) {
        byName.put(parts[1].substring(parts[1].lastIndexOf('/') + 1), parts[0]);
      }
    }

    @Override
    public void progress(double fraction, String message) {
      // It tells none.
    }

    @Override
    public void awaitCounting() {
      // Nobody else could have taken it over.
    }
  }
}
