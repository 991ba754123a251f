package io.taskwright.app.temporal;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.data.PortName;
import io.taskwright.app.data.Ports;
import io.taskwright.app.machine.HostAndPort;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.postgres.PostgresDatabases;
import io.taskwright.app.postgres.PostgresPart;
import io.taskwright.app.process.Mortal;
import io.taskwright.app.process.Signal;
import io.taskwright.app.supervisor.HttpCheck;
import io.taskwright.app.supervisor.Part;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Temporal as parts of the service.
 *
 * @param parts none, when it is somebody else's
 * @param address of its frontend
 * @param ui where its Web UI is, when there is one
 */
public record TemporalParts(List<Part> parts, HostAndPort address, Optional<URI> ui) {
  private static final String NAME = "temporal";
  private static final String UI_NAME = "temporal-ui";

  /** The first start waits until the new attribute can be searched. */
  private static final Duration START = Duration.ofMinutes(1);

  private static final Part.Stop STOP = new Part.Stop(Signal.TERM, Duration.ofSeconds(15));

  public TemporalParts {
    parts = List.copyOf(parts);
  }

  /** The parts that a source needs on a data folder. */
  public static TemporalParts of(
      TemporalSource source, DataFolder data, Ports ports, PostgresDatabases databases) {
    return switch (source) {
      case TemporalSource.Given given ->
          new TemporalParts(List.of(), given.address(), Optional.empty());
      case TemporalSource.Programs programs ->
          servers(new TemporalFiles(programs.folder()), programs.pins(), data, ports, databases);
      case TemporalSource.Images images ->
          servers(new TemporalContainers(images, data), images.pins(), data, ports, databases);
      case TemporalSource.DevServer server ->
          new TemporalParts(
              List.of(devServer(server, data, ports)), frontend(ports), Optional.of(ui(ports)));
      case TemporalSource.Buildable buildable ->
          throw new Obstacle("Temporal is not built yet: " + buildable.description());
    };
  }

  private static TemporalParts servers(
      TemporalCommands commands,
      TemporalPins pins,
      DataFolder data,
      Ports ports,
      PostgresDatabases databases) {
    TemporalSettings settings = new TemporalSettings(data, ports);
    TemporalSchema schema = new TemporalSchema(commands, settings, databases);
    Part server =
        new Part(
            NAME,
            pins.server().toString(),
            Set.of(PostgresPart.NAME),
            new Part.Launch(
                () -> {
                  settings.write();
                  schema.update();
                  commands.clear(TemporalProgram.SERVER);
                },
                mortal(commands.command(TemporalProgram.SERVER, settings.serverArguments()))),
            new Part.Readiness(new TemporalNamespace(frontend(ports)), START),
            STOP,
            data.log(NAME));
    Part ui =
        new Part(
            UI_NAME,
            pins.ui().toString(),
            Set.of(),
            new Part.Launch(
                () -> {
                  settings.writeUi();
                  commands.clear(TemporalProgram.UI);
                },
                mortal(commands.command(TemporalProgram.UI, settings.uiArguments()))),
            new Part.Readiness(new HttpCheck(ui(ports).resolve("/healthz")), START),
            STOP,
            data.log(UI_NAME));
    return new TemporalParts(List.of(server, ui), frontend(ports), Optional.of(ui(ports)));
  }

  private static Part devServer(TemporalSource.DevServer source, DataFolder data, Ports ports) {
    TemporalSettings settings = new TemporalSettings(data, ports);
    return new Part(
        NAME,
        source.server().toString(),
        Set.of(),
        new Part.Launch(
            () -> {},
            mortal(
                Stream.concat(
                        Stream.of(source.program().toString()),
                        settings.devServerArguments().stream())
                    .toList())),
        new Part.Readiness(new TemporalNamespace(frontend(ports)), START),
        STOP,
        data.log(NAME));
  }

  private static List<String> mortal(List<String> command) {
    return Mortal.command(Signal.TERM, command);
  }

  private static HostAndPort frontend(Ports ports) {
    return ports.address(PortName.TEMPORAL);
  }

  private static URI ui(Ports ports) {
    return URI.create("http://" + ports.address(PortName.TEMPORAL_UI));
  }
}
