package io.taskwright.app.service;

import io.taskwright.app.process.ProcessId;
import io.taskwright.app.supervisor.PartStatus;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The service on a data folder at one moment, as its supervisor describes it for others.
 *
 * @param data the folder
 * @param state of the whole
 * @param reason what went wrong, when something did
 * @param supervisor who describes it
 * @param addresses where things are
 * @param parts in the order in which they are started
 */
public record Instance(
    Path data,
    ServiceState state,
    @Nullable String reason,
    ProcessId supervisor,
    Addresses addresses,
    List<PartStatus> parts) {
  public Instance {
    parts = List.copyOf(parts);
  }

  /**
   * Where things are.
   *
   * @param api of the API and the page
   * @param temporalUi of Temporal's Web UI, when there is one
   * @param temporal host and port of Temporal's frontend
   * @param apiKeyFile the file with the first administrator's key
   */
  public record Addresses(
      URI api, @Nullable URI temporalUi, @Nullable String temporal, Path apiKeyFile) {}

  /** The same in another state. */
  public Instance as(ServiceState other, @Nullable String why) {
    return new Instance(data, other, why, supervisor, addresses, parts);
  }
}
