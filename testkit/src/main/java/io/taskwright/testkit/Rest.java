package io.taskwright.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST API as bare HTTP: whatever a test wants to send, and whatever comes back. */
public final class Rest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base;
  private final @Nullable String key;

  /**
   * @param key the API key that is sent; null for none
   */
  public Rest(URI base, @Nullable String key) {
    this.base = base;
    this.key = key;
  }

  /** The same API called with another key; null for none. */
  public Rest as(@Nullable String otherKey) {
    return new Rest(base, otherKey);
  }

  /** What came back. */
  public record Answer(int status, Map<String, String> headers, String body) {
    /** The body as JSON. */
    public JsonNode json() {
      return JSON.readTree(body);
    }

    /** A header, by its lower-case name. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    /** The code of the problem that came back. */
    public String code() {
      return json().path("code").asString("");
    }
  }

  /** A GET. */
  public Answer get(String path) {
    return call("GET", path, Map.of(), null);
  }

  /** A POST of JSON. */
  public Answer post(String path, String json) {
    return call("POST", path, Map.of("Content-Type", "application/json"), json);
  }

  /** A POST of JSON with more headers. */
  public Answer post(String path, Map<String, String> headers, String json) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putIfAbsent("Content-Type", "application/json");
    return call("POST", path, all, json);
  }

  /** Any request. */
  public Answer call(
      String method, String path, Map<String, String> headers, @Nullable String body) {
    return send(method, path, headers, body == null ? null : body.getBytes(StandardCharsets.UTF_8));
  }

  /** What came back, as bytes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Download(int status, Map<String, String> headers, byte[] body) {}

  /** A GET of bytes. */
  public Download download(String path, Map<String, String> headers) {
    HttpResponse<byte[]> response =
        exchange("GET", path, headers, null, HttpResponse.BodyHandlers.ofByteArray());
    return new Download(response.statusCode(), headers(response), response.body());
  }

  /** Any request with any bytes. */
  public Answer send(
      String method, String path, Map<String, String> headers, byte @Nullable [] body) {
    HttpResponse<String> response =
        exchange(method, path, headers, body, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), headers(response), response.body());
  }

  private static Map<String, String> headers(HttpResponse<?> response) {
    Map<String, String> headers = new LinkedHashMap<>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    return headers;
  }

  private <T> HttpResponse<T> exchange(
      String method,
      String path,
      Map<String, String> headers,
      byte @Nullable [] body,
      HttpResponse.BodyHandler<T> handler) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(90))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    headers.forEach(request::setHeader);
    try {
      return HTTP.send(request.build(), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Defines a task and returns its name. */
  public String define(String definition) {
    Answer answer = post("/tasks", definition);
    if (answer.status() != 201) {
      throw new IllegalStateException("not defined: " + answer);
    }
    return answer.json().get("name").stringValue();
  }

  /** Starts a task with an input and returns the execution's id. */
  public String start(String task, String input) {
    Answer answer = post("/tasks/" + task + "/executions", "{\"input\":" + input + "}");
    if (answer.status() != 202) {
      throw new IllegalStateException("not started: " + answer);
    }
    return answer.json().get("id").stringValue();
  }

  /** Runs a task with an input and returns the ended execution. */
  public JsonNode run(String task, String input) {
    return await(start(task, input), Duration.ofSeconds(60));
  }

  /** The execution as it is now. */
  public JsonNode execution(String id) {
    return get("/executions/" + id).json();
  }

  /** Waits for the execution's end and returns it. */
  public JsonNode await(String id, Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (true) {
      JsonNode execution = execution(id);
      if (execution.path("executionMetadata").hasNonNull("endTime")) {
        return execution;
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not ended within " + longest + ": " + execution);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
    }
  }
}
