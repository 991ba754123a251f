package io.taskwright.sandbox.guest;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.Destination;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.ProbeReport.Check;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checks that a program inside an environment can make, the same for every back end. */
public final class GuestProbe {
  /** What the probes' programs may use; little, so that it is soon used up. */
  public static final Limits LIMITS =
      new Limits(
          new Cpu(100),
          null,
          ByteSize.ofMebibytes(32),
          ByteSize.ofMebibytes(8),
          100,
          16,
          Duration.ofSeconds(20),
          ByteSize.ofMebibytes(1),
          new ByteSize(1024));

  /** Nothing of it is ever reached: the probe is about what else is. */
  private static final List<Destination> NOWHERE = List.of(new Destination("probe.invalid", 1));

  private static final String WARDEN = Interpreters.TOOLS + "/" + GuestTools.WARDEN;

  /** Starts a command line in an environment of the back end. */
  public interface Starter {
    /** Starts it, as {@link io.taskwright.sandbox.Sandbox#start} does. */
    Run start(String program, Launch launch, Limits limits, RunSink sink);
  }

  private final Starter starter;
  private final boolean filesCounted;
  private final Optional<InetSocketAddress> neighbour;

  /**
   * Probes by the starter.
   *
   * @param filesCounted whether the file system itself bounds the number of files; else the warden
   *     alone does
   */
  public GuestProbe(Starter starter, boolean filesCounted) {
    this(starter, filesCounted, Optional.empty());
  }

  private GuestProbe(Starter starter, boolean filesCounted, Optional<InetSocketAddress> neighbour) {
    this.starter = starter;
    this.filesCounted = filesCounted;
    this.neighbour = neighbour;
  }

  /**
   * Probes a back end whose environments have a network interface that must lead nowhere, no way
   * out, and a file system that does not count files.
   *
   * @param neighbour who would answer if anything were let through
   */
  public static GuestProbe networked(Starter starter, InetSocketAddress neighbour) {
    return new GuestProbe(starter, false, Optional.of(neighbour));
  }

  /** Runs them all; never throws for what they find. */
  public List<Check> run() {
    List<Check> checks = new ArrayList<>();
    checks.addAll(probe("probe", List.of(), ""));
    if (neighbour.isEmpty()) {
      checks.addAll(probe("probe-egress", NOWHERE, "with a way out, "));
    }
    checks.add(memory());
    return checks;
  }

  /** Runs the warden's probe; the prefix tells its facts from those of another. */
  private List<Check> probe(String name, List<Destination> egress, String prefix) {
    long files = filesCounted ? (long) LIMITS.files() + GuestRun.OWN_FILES : 0;
    List<String> words = new ArrayList<>();
    words.addAll(
        List.of(WARDEN, "probe", Long.toString(LIMITS.disk().bytes()), Long.toString(files)));
    neighbour.ifPresent(one ->
        words.addAll(List.of(one.getAddress().getHostAddress(), Integer.toString(one.getPort()))));
    List<Check> checks = new ArrayList<>();
    RunEnd end = await(name, words, egress, new CheckSink(checks, prefix));
    if (!(end instanceof RunEnd.Returned)) {
      checks.add(new Check(prefix + "a program can be run to its end", false, why(end)));
    }
    return checks;
  }

  /** {@code tail} keeps the endless line that it is given. */
  private Check memory() {
    RunEnd end =
        await(
            "probe-memory",
            List.of("/usr/bin/tail", "/dev/zero"),
            List.of(),
            new CheckSink(List.of(), ""));
    boolean killed =
        end instanceof RunEnd.Failed failed
            && failed.failure().code() == FailureCode.RESOURCE_EXHAUSTED;
    return new Check("a program that takes too much memory is killed", killed, why(end));
  }

  private RunEnd await(String name, List<String> words, List<Destination> egress, RunSink sink) {
    Launch launch = new Launch(words, Map.of("PATH", "/usr/bin:/bin"), List.of(), egress);
    return starter.start(name, launch, LIMITS, sink).end().join();
  }

  private static String why(RunEnd end) {
    return switch (end) {
      case RunEnd.Returned returned -> "it ended well";
      case RunEnd.Stopped stopped -> "it was stopped";
      case RunEnd.Failed failed -> failed.failure().code() + ": " + failed.failure().message();
    };
  }

  /** Reads the warden's lines: pass or fail, the fact, what was found. */
  private record CheckSink(List<Check> checks, String prefix) implements RunSink {
    @Override
    public void log(Source source, String line) {
      String[] parts = line.split("\t", 3);
      if (parts.length == 3) {
        checks.add(new Check(prefix + parts[1], parts[0].equals("pass"), parts[2]));
      }
    }

    @Override
    public void progress(double fraction, String message) {
      // Probes tell none.
    }

    @Override
    public void awaitCounting() {
      // Nobody else could have taken it over.
    }
  }
}
