package io.taskwright.app.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the service listens when it is started. */
public final class PortOption {
  private static final int LARGEST = 65_535;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      converter = PortConverter.class,
      description = "The port of the API and the page of a service that is started. Default: 8080")
  private int port;

  /** The port of the API and the page. */
  public int number() {
    return port;
  }

  /** Reads the number of a port. */
  static final class PortConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.matches("[0-9]{1,5}")
          || Integer.parseInt(value) < 1
          || Integer.parseInt(value) > LARGEST) {
        throw new TypeConversionException("'" + value + "' is no port: say one from 1 to 65535");
      }
      return Integer.valueOf(value);
    }
  }
}
