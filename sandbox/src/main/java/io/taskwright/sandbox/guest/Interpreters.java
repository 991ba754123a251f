package io.taskwright.sandbox.guest;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.TaskRuntime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What runs which runtime inside an environment.
 *
 * @param programs the absolute path of each runtime's interpreter, inside; Node.js runs JavaScript
 *     too
 * @param javaArchive the class data archive of the Java harness, inside; without it every Java task
 *     compiles 150 ms longer
 */
public record Interpreters(Map<TaskRuntime, String> programs, Optional<String> javaArchive) {
  /** Where the warden and the harnesses are, inside. */
  public static final String TOOLS = "/opt/taskwright";

  /** Where {@code images/runtimes/build.sh} puts them. */
  public static final Interpreters OF_IMAGE =
      new Interpreters(
          Map.of(
              TaskRuntime.PYTHON, "/usr/bin/python3",
              TaskRuntime.NODE, "/usr/bin/node",
              TaskRuntime.BASH, "/bin/bash",
              TaskRuntime.JAVA, "/opt/jdk/bin/java"),
          Optional.empty());

  public Interpreters {
    Map<TaskRuntime, String> all = new HashMap<>(programs);
    String node = programs.get(TaskRuntime.NODE);
    if (node != null) {
      all.put(TaskRuntime.JAVASCRIPT, node);
    }
    programs = Map.copyOf(all);
  }

  /** The runtimes that there is something for. */
  public Set<TaskRuntime> runtimes() {
    return programs.keySet();
  }

  /**
   * The command line of the runtime's harness.
   *
   * @param egress where it may connect to
   * @param layer the packages that it uses
   */
  List<String> command(
      TaskRuntime runtime, ByteSize memory, List<Destination> egress, Optional<Layer> layer) {
    String program = programs.get(runtime);
    if (program == null) {
      throw new IllegalArgumentException("nothing here runs " + runtime.word());
    }
    return switch (runtime) {
      // -I: nothing of the environment; -S: no site packages, a third of the start; -B: no caches.
      case PYTHON -> List.of(program, "-I", "-S", "-B", TOOLS + "/python.py");
      case NODE, JAVASCRIPT ->
          List.of(program, "--max-old-space-size=" + nodeHeap(memory), TOOLS + "/node.js");
      case BASH -> List.of(program, "--noprofile", "--norc", TOOLS + "/bash.sh");
      case JAVA -> java(program, memory, egress, layer);
      case WASM -> throw new IllegalArgumentException("no interpreter runs a module");
    };
  }

  /** What the harness hears of a program whose first file is the entry. */
  static List<String> arguments(TaskRuntime runtime, String entry) {
    return runtime == TaskRuntime.JAVASCRIPT ? List.of(entry, runtime.word()) : List.of(entry);
  }

  private List<String> java(
      String program, ByteSize memory, List<Destination> egress, Optional<Layer> layer) {
    List<String> command = new ArrayList<>(List.of(program));
    javaArchive.ifPresent(
        archive -> command.addAll(List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive)));
    command.addAll(javaFlags(memory));
    command.addAll(ProxySettings.javaFlags(egress));
    layer.ifPresent(packages -> command.add("-Dtaskwright.layer=" + packages.classPath()));
    command.addAll(List.of("-jar", TOOLS + "/java.jar"));
    return command;
  }

  /** The flags under which the harness runs, the same for a task and for making its archive. */
  static List<String> javaFlags(ByteSize memory) {
    return List.of(
        "-Xmx" + javaHeap(memory) + "m",
        "-Xms8m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:ReservedCodeCacheSize=32m",
        "-XX:-UsePerfData",
        "-XX:-UseContainerSupport",
        "-XX:CICompilerCount=1",
        "-Xss512k",
        "-Djava.io.tmpdir=/task/tmp",
        "-Duser.timezone=UTC");
  }

  /**
   * Megabytes of heap: what is left when the machine itself, its classes and stacks have theirs.
   */
  private static long javaHeap(ByteSize memory) {
    long megabytes = memory.bytes() >> 20;
    return Math.max(16, megabytes - Math.max(72, megabytes / 4));
  }

  /** Megabytes of old space: V8 collects harder as it comes near. */
  private static long nodeHeap(ByteSize memory) {
    long megabytes = memory.bytes() >> 20;
    return Math.max(16, megabytes - Math.max(40, megabytes / 4));
  }
}
