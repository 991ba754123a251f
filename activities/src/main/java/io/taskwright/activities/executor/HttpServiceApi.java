package io.taskwright.activities.executor;

import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptEnd;
import io.taskwright.model.protocol.AttemptVerdict;
import io.taskwright.model.protocol.LockAnswer;
import io.taskwright.model.protocol.LockRequest;
import io.taskwright.model.protocol.OpenAttempt;
import io.taskwright.model.protocol.ProgressReport;
import io.taskwright.model.protocol.WorkerBeat;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** The executor protocol over HTTP. */
public final class HttpServiceApi implements ServiceApi {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long SLOWEST_BYTES_PER_MILLI = 100;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 409;
  private static final int TOO_LARGE = 413;
  private static final int REFUSED = 422;

  /** Timed out, too early, too many: of what is no server's fault, these may be tried again. */
  private static final Set<Integer> LATER = Set.of(408, 425, 429);

  private final URI base;
  private final Supplier<String> key;
  private final HttpClient http;

  /**
   * @param base the address of the service
   * @param key the executor's own API key; asked for at each opening, so that it can be replaced
   */
  public HttpServiceApi(URI base, Supplier<String> key) {
    this.base = base;
    this.key = key;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  @Override
  public AttemptAnswer open(OpenAttempt request) throws IOException, InterruptedException {
    return JSON.readValue(ok(post("/executor/attempts", key.get(), request)), AttemptAnswer.class);
  }

  @Override
  public byte[] bundle(String token, String digest) throws IOException, InterruptedException {
    return ok(
        http.send(
            request("/executor/bundles/" + digest, token).GET().build(),
            BodyHandlers.ofByteArray()));
  }

  @Override
  public boolean report(String token, ProgressReport report)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = post("/executor/attempts/current/reports", token, report);
    if (response.statusCode() == GONE) {
      return false;
    }
    ok(response);
    return true;
  }

  @Override
  public boolean file(String token, String sha256, Path target)
      throws IOException, InterruptedException {
    HttpResponse<Path> response =
        http.send(
            request("/executor/files/" + sha256, token).GET().build(), BodyHandlers.ofFile(target));
    if (response.statusCode() == NOT_FOUND) {
      return false;
    }
    if (response.statusCode() != OK) {
      throw answered(response);
    }
    return true;
  }

  @Override
  public Optional<String> artifact(String token, LeftFile file)
      throws IOException, InterruptedException {
    String path =
        "/executor/attempts/current/artifacts/"
            + file.sha256()
            + "?path="
            + URLEncoder.encode(file.path(), StandardCharsets.UTF_8);
    HttpResponse<byte[]> response =
        http.send(
            request(path, token)
                .timeout(TIMEOUT.plusMillis(file.size() / SLOWEST_BYTES_PER_MILLI))
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofFile(file.content()))
                .build(),
            BodyHandlers.ofByteArray());
    return switch (response.statusCode()) {
      case GONE -> Optional.empty();
      case TOO_LARGE, REFUSED ->
          Optional.of(JSON.readTree(response.body()).path("detail").asString("refused"));
      default -> {
        ok(response);
        yield Optional.empty();
      }
    };
  }

  @Override
  public AttemptVerdict end(String token, AttemptEnd end) throws IOException, InterruptedException {
    return JSON.readValue(
        ok(post("/executor/attempts/current/end", token, end)), AttemptVerdict.class);
  }

  @Override
  public void heard(String id, WorkerBeat beat) throws IOException, InterruptedException {
    ok(
        http.send(
            request("/executor/workers/" + id, key.get())
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(beat)))
                .build(),
            BodyHandlers.ofByteArray()));
  }

  @Override
  public void left(String id) throws IOException, InterruptedException {
    ok(
        http.send(
            request("/executor/workers/" + id, key.get()).DELETE().build(),
            BodyHandlers.ofByteArray()));
  }

  @Override
  public LockAnswer lock(String token, LockRequest request)
      throws IOException, InterruptedException {
    return JSON.readValue(
        ok(post("/executor/attempts/current/lock", token, request)), LockAnswer.class);
  }

  private HttpResponse<byte[]> post(String path, String bearer, Object body)
      throws IOException, InterruptedException {
    return http.send(
        request(path, bearer)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path, String bearer) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + bearer);
  }

  private static byte[] ok(HttpResponse<byte[]> response) throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw answered(response);
    }
    return response.body();
  }

  private static IOException answered(HttpResponse<?> response) {
    int status = response.statusCode();
    String told =
        response.request().method() + " " + response.uri().getPath() + " was answered " + status;
    return status / 100 == 4 && !LATER.contains(status)
        ? new RefusedException(status, told)
        : new IOException(told);
  }
}
