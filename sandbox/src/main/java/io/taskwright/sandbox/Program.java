package io.taskwright.sandbox;

import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.TaskRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is run, and on what.
 *
 * @param name unique on this host; part of the environment's name
 * @param entry the path among the files that is started
 * @param input one JSON value
 * @param environment variables that the program sees beside the sandbox's own
 * @param egress where it may connect to; nowhere if it is empty
 * @param layer a folder of the host with the packages that it uses, which it sees read-only; null
 *     if it uses none
 */
public record Program(
    String name,
    TaskRuntime runtime,
    List<ProgramFile> files,
    String entry,
    String input,
    Map<String, String> environment,
    List<Destination> egress,
    @Nullable Path layer) {
  public Program {
    files = List.copyOf(files);
    environment = Map.copyOf(environment);
    egress = List.copyOf(egress);
  }

  /** A program that uses nothing but its runtime's own library. */
  public Program(
      String name,
      TaskRuntime runtime,
      List<ProgramFile> files,
      String entry,
      String input,
      Map<String, String> environment,
      List<Destination> egress) {
    this(name, runtime, files, entry, input, environment, egress, null);
  }

  /** The same program with the packages in a folder of the host. */
  public Program with(Path packages) {
    return new Program(name, runtime, files, entry, input, environment, egress, packages);
  }
}
