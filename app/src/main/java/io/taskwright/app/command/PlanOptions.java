package io.taskwright.app.command;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.machine.JavaProgram;
import io.taskwright.app.service.Plan;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a person asks for when the service is started. */
final class PlanOptions {
  private static final int LARGEST_PORT = 65_535;

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      converter = PortConverter.class,
      description = "The port of the API and the page. Default: 8080")
  private int port;

  @Option(names = "--split", description = "Run the executor as a process of its own.")
  private boolean split;

  @Mixin private TemporalOption temporal = new TemporalOption();

  DataOption data() {
    return data;
  }

  Plan plan(DataFolder folder, JavaProgram program) {
    return new Plan(folder, port, split, temporal.address(), program);
  }

  /** Reads the number of a port. */
  static final class PortConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.matches("[0-9]{1,5}")
          || Integer.parseInt(value) < 1
          || Integer.parseInt(value) > LARGEST_PORT) {
        throw new TypeConversionException("'" + value + "' is no port: say one from 1 to 65535");
      }
      return Integer.valueOf(value);
    }
  }
}
