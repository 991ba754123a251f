package io.taskwright.app.data;

import io.taskwright.app.machine.HostAndPort;
import java.util.Map;
import java.util.Objects;

/**
 * The ports of one instance, besides the one of the API.
 *
 * @param numbers of all of them
 */
public record Ports(Map<PortName, Integer> numbers) {
  public Ports {
    numbers = Map.copyOf(numbers);
  }

  /** The number of a port. */
  public int number(PortName name) {
    return Objects.requireNonNull(numbers.get(name));
  }

  /** The address of a port, such as 127.0.0.1:7233. */
  public HostAndPort address(PortName name) {
    return HostAndPort.local(number(name));
  }
}
