package io.taskwright.app.command;

import io.taskwright.app.machine.HostAndPort;
import io.taskwright.app.temporal.TemporalSearch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A Temporal that runs already. */
public final class TemporalOption {
  @Option(
      names = "--temporal",
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      description = {
        "Use the Temporal that runs there instead of an own one.",
        "Default: $" + TemporalSearch.ADDRESS_VARIABLE + ", if set"
      })
  private @Nullable HostAndPort address;

  /** The address, from the option or else the environment. */
  public Optional<HostAndPort> address() {
    return Optional.ofNullable(address)
        .or(() ->
            Optional.ofNullable(System.getenv(TemporalSearch.ADDRESS_VARIABLE))
                .filter(value -> !value.isBlank())
                .map(new AddressConverter()::convert));
  }

  /** Reads the address of a server. */
  static final class AddressConverter implements ITypeConverter<HostAndPort> {
    @Override
    public HostAndPort convert(String value) {
      return HostAndPort.parse(value)
          .orElseThrow(
              () -> new TypeConversionException("'" + value + "' is no address: say HOST:PORT"));
    }
  }
}
