package io.taskwright.sandbox;

import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.secret.SecretValue;
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
 * @param secrets what it finds as a JSON object in the file that {@code $TASK_SECRETS} names
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
    Map<String, SecretValue> secrets,
    RunFiles exchanged) {
  public Program {
    files = List.copyOf(files);
    environment = Map.copyOf(environment);
    egress = List.copyOf(egress);
    secrets = Map.copyOf(secrets);
  }

  /** A program that takes and leaves no files, and knows no secrets. */
  public Program(
      String name,
      TaskRuntime runtime,
      List<ProgramFile> files,
      String entry,
      String input,
      Map<String, String> environment,
      List<Destination> egress) {
    this(name, runtime, files, entry, input, environment, egress, Map.of(), RunFiles.NONE);
  }
}
