package io.taskwright.activities.executor;

import io.taskwright.model.definition.Destination;
import java.util.List;
import java.util.Optional;

/**
 * Which destinations the operator of an executor lets definitions name.
 *
 * @param enabled whether any at all
 * @param hosts names such as {@code api.example.org} or {@code *.example.org}, which holds for all
 *     names below it and not for itself; empty for every host
 */
public record EgressBounds(boolean enabled, List<String> hosts) {
  /** Every destination. */
  public static final EgressBounds NONE = new EgressBounds(true, List.of());

  private static final String BELOW = "*.";

  public EgressBounds {
    hosts = List.copyOf(hosts);
    for (String host : hosts) {
      String name = host.startsWith(BELOW) ? host.substring(BELOW.length()) : host;
      if (Destination.parse(name + ":1").isEmpty()) {
        throw new IllegalArgumentException(
            "taskwright.executor.egress.hosts must be names such as api.example.org or"
                + " *.example.org, but has "
                + host);
      }
    }
  }

  /** Why code with these destinations is not run here, if it is not. */
  Optional<String> refusal(List<Destination> destinations) {
    if (!enabled && !destinations.isEmpty()) {
      return Optional.of(
          "this executor lets no code connect to anything (taskwright.executor.egress.enabled is"
              + " false), and the definition names "
              + destinations.getFirst());
    }
    return destinations.stream()
        .filter(destination -> !allows(destination.host()))
        .findFirst()
        .map(destination ->
            "the definition names "
                + destination
                + ", which is not among the hosts of this executor"
                + " (taskwright.executor.egress.hosts)");
  }

  private boolean allows(String host) {
    return hosts.isEmpty()
        || hosts.stream()
            .anyMatch(allowed ->
                allowed.startsWith(BELOW)
                    ? host.endsWith(allowed.substring(1))
                    : host.equals(allowed));
  }
}
