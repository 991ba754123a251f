package io.taskwright.app.client;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.service.Instance;
import io.taskwright.app.service.InstanceFile;
import io.taskwright.client.ApiKey;
import io.taskwright.client.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the service that is meant: that of the data folder if one is named, else that of the
 * environment, else that of the usual data folder.
 *
 * @param named the data folder that was asked for
 * @param usual the data folder that is looked into when nothing is said
 */
record ServiceSearch(Optional<Path> named, Path usual, Map<String, String> environment) {
  static final String URL = "TASKWRIGHT_URL";
  static final String KEY = "TASKWRIGHT_API_KEY";

  /** A service here has a supervisor, which brings a part that fell back within seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  ServiceSearch {
    environment = Map.copyOf(environment);
  }

  /** The data folder, if the service is one of this machine. */
  Optional<Path> local() {
    if (named.isPresent()) {
      return named;
    }
    return variable(URL).isPresent() ? Optional.empty() : Optional.of(usual);
  }

  /**
   * Where the service is and who asks.
   *
   * @throws Obstacle if none is known
   */
  Endpoint endpoint() {
    Optional<Path> data = local();
    if (data.isEmpty()) {
      return remote();
    }
    return DataFolder.find(data.get())
        .flatMap(folder -> InstanceFile.of(folder).live())
        .map(this::endpoint)
        .orElseThrow(() -> new Obstacle(nothingRuns(data.get())));
  }

  /** Where the service of an instance is. */
  Endpoint endpoint(Instance instance) {
    Path file = instance.addresses().apiKeyFile();
    ApiKey key = variable(KEY).map(ServiceSearch::key).orElseGet(() -> keyIn(file));
    return new Endpoint(instance.addresses().api(), key, PATIENCE);
  }

  private Endpoint remote() {
    String url = variable(URL).orElseThrow();
    ApiKey key =
        variable(KEY)
            .map(ServiceSearch::key)
            .orElseThrow(() -> new Misuse(URL + " is set; set " + KEY + " too."));
    try {
      return Endpoint.of(URI.create(url), key);
    } catch (IllegalArgumentException e) {
      throw new Misuse(
          "%s cannot be used: it must be like http://127.0.0.1:8080, without user and password."
              .formatted(URL));
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static ApiKey key(String secret) {
    try {
      return new ApiKey(secret.strip());
    } catch (IllegalArgumentException e) {
      throw new Misuse("%s holds no API key.".formatted(KEY));
    }
  }

  private static ApiKey keyIn(Path file) {
    try {
      return new ApiKey(Files.readString(file).strip());
    } catch (IOException | IllegalArgumentException e) {
      throw new Obstacle(
          "The API key in %s cannot be read. Run this as the user who started the service, or set %s."
              .formatted(file, KEY),
          e);
    }
  }

  private String nothingRuns(Path data) {
    String option = data.equals(usual) ? "" : " --data " + data;
    return "Nothing runs on %s. Start it with: taskwright up --detach%s (or set %s and %s)."
        .formatted(data, option, URL, KEY);
  }
}
