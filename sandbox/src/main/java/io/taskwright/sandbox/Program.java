package io.taskwright.sandbox;

import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.TaskRuntime;
import java.util.List;
import java.util.Map;

/**
 * What is run, and on what.
 *
 * @param name unique on this host; part of the environment's name
 * @param entry the path among the files that is started
 * @param input one JSON value
 * @param environment variables that the program sees beside the sandbox's own
 * @param egress where it may connect to; nowhere if it is empty
 * @param exchanged the files that go in and come out beside its own
 */
public record Program(
    String name,
    TaskRuntime runtime,
    List<ProgramFile> files,
    String entry,
    String input,
    Map<String, String> environment,
    List<Destination> egress,
    RunFiles exchanged) {
  public Program {
    files = List.copyOf(files);
    environment = Map.copyOf(environment);
    egress = List.copyOf(egress);
  }

  /** A program that takes and leaves no files. */
  public Program(
      String name,
      TaskRuntime runtime,
      List<ProgramFile> files,
      String entry,
      String input,
      Map<String, String> environment,
      List<Destination> egress) {
    this(name, runtime, files, entry, input, environment, egress, RunFiles.NONE);
  }
}
