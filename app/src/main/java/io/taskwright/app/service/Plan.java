package io.taskwright.app.service;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.machine.HostAndPort;
import io.taskwright.app.machine.JavaProgram;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person asked for.
 *
 * @param data where everything is kept
 * @param port of the API
 * @param split whether the executor is a process of its own
 * @param temporal the address of a Temporal that runs already
 * @param program how this program is started again
 */
public record Plan(
    DataFolder data, int port, boolean split, Optional<HostAndPort> temporal, JavaProgram program) {
  /** The plan as arguments of the verb {@code supervise}. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--data", data.toString()));
    arguments.addAll(List.of("--port", Integer.toString(port)));
    if (split) {
      arguments.add("--split");
    }
    temporal.ifPresent(address -> arguments.addAll(List.of("--temporal", address.toString())));
    return arguments;
  }

  /** Where the API will be. */
  public URI api() {
    return URI.create("http://" + HostAndPort.local(port));
  }
}
