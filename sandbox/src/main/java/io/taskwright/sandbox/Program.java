package io.taskwright.sandbox;

import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.secret.SecretValue;
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
 * @param secrets what it finds as a JSON object in the file that {@code $TASK_SECRETS} names
 * @param exchanged the files that go in and come out beside its own
 * @param layer a folder of the host with the packages that it uses, which it sees read-only; null
 *     if it uses none
 * @param signals a JSON array that it finds in the file that {@code $TASK_SIGNALS} names; null if
 *     it may be told nothing
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
    RunFiles exchanged,
    @Nullable Path layer,
    @Nullable String signals) {
  public Program {
    files = List.copyOf(files);
    environment = Map.copyOf(environment);
    egress = List.copyOf(egress);
    secrets = Map.copyOf(secrets);
  }

  /** A program that takes and leaves no files, and has neither secrets nor packages. */
  public Program(
      String name,
      TaskRuntime runtime,
      List<ProgramFile> files,
      String entry,
      String input,
      Map<String, String> environment,
      List<Destination> egress) {
    this(
        name,
        runtime,
        files,
        entry,
        input,
        environment,
        egress,
        Map.of(),
        RunFiles.NONE,
        null,
        null);
  }

  /** The same program with the packages in a folder of the host. */
  public Program with(Path packages) {
    return new Program(
        name,
        runtime,
        files,
        entry,
        input,
        environment,
        egress,
        secrets,
        exchanged,
        packages,
        signals);
  }

  /** The same program with files that go in and come out. */
  public Program with(RunFiles exchange) {
    return new Program(
        name, runtime, files, entry, input, environment, egress, secrets, exchange, layer, signals);
  }
}
