package io.taskwright.temporal;

/**
 * Where Temporal is.
 *
 * @param address host and port of its frontend
 * @param uiUrl where people see its Web UI; empty if there is none
 */
public record TemporalSettings(String address, String namespace, String uiUrl) {
  public TemporalSettings {
    if (!address.matches("[^:]+:[0-9]+|\\[[0-9a-fA-F:]+\\]:[0-9]+")) {
      throw new IllegalArgumentException(
          "taskwright.temporal.address must be host:port, but is '" + address + "'");
    }
  }
}
