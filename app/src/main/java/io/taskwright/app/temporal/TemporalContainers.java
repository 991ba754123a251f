package io.taskwright.app.temporal;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.machine.Machine;
import io.taskwright.app.machine.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs of Temporal in containers that see the network of this machine and the settings of one
 * data folder.
 *
 * @param source the engine and the images
 * @param data the data folder
 */
record TemporalContainers(TemporalSource.Images source, DataFolder data)
    implements TemporalCommands {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Override
  public List<String> command(TemporalProgram program, List<String> arguments) {
    String settings = data.temporal().toString();
    List<String> command = new ArrayList<>();
    command.add(source.docker().toString());
    command.addAll(List.of("run", "--rm", "--init", "--network", "host"));
    command.addAll(List.of("--name", container(program)));
    command.addAll(List.of("--user", Integer.toString(Machine.user())));
    command.addAll(List.of("--volume", settings + ":" + settings + ":ro"));
    // The server does not start as a user without a name.
    command.addAll(List.of("--volume", "/etc/passwd:/etc/passwd:ro"));
    command.addAll(List.of("--entrypoint", program.entryPoint()));
    command.add(program.image(source.pins()));
    command.addAll(arguments);
    return command;
  }

  /** A killed command line leaves its container running. */
  @Override
  public void clear(TemporalProgram program) {
    Tool.of(source.docker().toString(), "rm", "--force", container(program)).run(LIMIT);
  }

  private String container(TemporalProgram program) {
    return "taskwright-%08x-%s".formatted(data.toString().hashCode(), program.file());
  }
}
