package io.taskwright.client;

import java.net.URI;

/**
 * A caller of one service. It may be used by many threads. What the service refuses comes as {@link
 * ProblemException}, a service that does not answer as {@link UnreachableException}.
 */
public final class TaskwrightClient implements AutoCloseable {
  private final Transport transport;

  public TaskwrightClient(Endpoint endpoint) {
    this.transport = new Transport(endpoint);
  }

  /** Where the service is. */
  public URI url() {
    return transport.url();
  }

  public Tasks tasks() {
    return new Tasks(transport);
  }

  public Drafts drafts() {
    return new Drafts(transport);
  }

  public Executions executions() {
    return new Executions(transport);
  }

  public Logs logs() {
    return new Logs(transport);
  }

  public Bundles bundles() {
    return new Bundles(transport);
  }

  public InputFiles files() {
    return new InputFiles(transport);
  }

  public Artifacts artifacts() {
    return new Artifacts(transport);
  }

  public Keys keys() {
    return new Keys(transport);
  }

  public Secrets secrets() {
    return new Secrets(transport);
  }

  /** Operations on many executions. */
  public Batches batches() {
    return new Batches(transport);
  }

  /** What the project may have of executions in all. */
  public Limits limits() {
    return new Limits(transport);
  }

  /** Who takes work. */
  public Pools pools() {
    return new Pools(transport);
  }

  @Override
  public void close() {
    transport.close();
  }
}
