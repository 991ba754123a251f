package io.taskwright.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.taskwright.sandbox.guest.EnvironmentException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The Docker engine: {@code DOCKER_HOST}, or the socket where engines usually listen. */
final class Engine implements AutoCloseable {
  /** The oldest version of the interface that has all that is used here (Docker 20.10). */
  private static final RemoteApiVersion VERSION = RemoteApiVersion.VERSION_1_41;

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int MOST_CONNECTIONS = 1024;

  /** How long runs wait for an engine that is restarted or upgraded. */
  private static final Duration LONGEST_ABSENCE = Duration.ofMinutes(1);

  private static final Duration ASK_AGAIN = Duration.ofMillis(500);

  private final String address;
  private final DockerClient commands;
  private final DockerClient streams;

  private Engine(DefaultDockerClientConfig config) {
    this.address = config.getDockerHost().toString();
    this.commands = client(config, ANSWER);
    this.streams = client(config, Duration.ZERO); // A silent program is not a dead engine.
  }

  /** Connects, and fails if nobody answers. */
  static Engine connect() throws EnvironmentException {
    return connect(
        DefaultDockerClientConfig.createDefaultConfigBuilder().withApiVersion(VERSION).build());
  }

  /** Connects to the engine at an address. */
  static Engine connect(String host) throws EnvironmentException {
    return connect(
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withApiVersion(VERSION)
            .withDockerHost(host)
            .build());
  }

  private static Engine connect(DefaultDockerClientConfig config) throws EnvironmentException {
    Engine engine = new Engine(config);
    try {
      engine.commands.pingCmd().exec();
      return engine;
    } catch (RuntimeException e) {
      engine.close();
      throw new EnvironmentException(
          "no Docker engine answers at "
              + engine.address
              + ": start one, or set DOCKER_HOST, or allow another back end",
          e);
    }
  }

  /** For what is asked and answered. */
  DockerClient commands() {
    return commands;
  }

  /** For what lasts as long as a container. */
  DockerClient streams() {
    return streams;
  }

  String address() {
    return address;
  }

  Info info() {
    return commands.infoCmd().exec();
  }

  /** The engine's id of the image, which changes whenever it is built anew; empty without one. */
  Optional<String> idOf(RuntimeImage image) {
    try {
      return Optional.ofNullable(commands.inspectImageCmd(image.name()).exec().getId());
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** The containers that carry the label, whatever they do. */
  List<Container> labelled(String label, String value) {
    return commands
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(label, value))
        .exec();
  }

  /**
   * Ends and removes a container; false if the engine does not manage, or does not answer.
   *
   * @param container its id or its name
   */
  boolean remove(String container) {
    try {
      commands.removeContainerCmd(container).withForce(true).withRemoveVolumes(true).exec();
      return true;
    } catch (NotFoundException e) {
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** As {@link #remove}, tried for some minutes: the engine may be restarting. */
  boolean removeInTheEnd(String container) {
    return within(LONGEST_ABSENCE.multipliedBy(5), () -> remove(container));
  }

  /** Waits for an engine that is being started again; false if it stays away. */
  boolean comesBack() {
    return within(LONGEST_ABSENCE, this::answers);
  }

  private boolean answers() {
    try {
      commands.pingCmd().exec();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static boolean within(Duration longest, BooleanSupplier done) {
    long end = System.nanoTime() + longest.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(ASK_AGAIN.toNanos());
    }
    return true;
  }

  @Override
  public void close() {
    for (DockerClient client : List.of(commands, streams)) {
      try {
        client.close();
      } catch (IOException e) {
        // Nothing is left to be lost.
      }
    }
  }

  private static DockerClient client(DefaultDockerClientConfig config, Duration answer) {
    return DockerClientImpl.getInstance(
        config,
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .maxConnections(MOST_CONNECTIONS)
            .connectionTimeout(CONNECT)
            .responseTimeout(answer)
            .build());
  }
}
