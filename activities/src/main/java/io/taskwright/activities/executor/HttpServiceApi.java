package io.taskwright.activities.executor;

import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptEnd;
import io.taskwright.model.protocol.AttemptVerdict;
import io.taskwright.model.protocol.LockAnswer;
import io.taskwright.model.protocol.LockRequest;
import io.taskwright.model.protocol.OpenAttempt;
import io.taskwright.model.protocol.ProgressReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** The executor protocol over HTTP. */
public final class HttpServiceApi implements ServiceApi {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int GONE = 409;

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
  public AttemptVerdict end(String token, AttemptEnd end) throws IOException, InterruptedException {
    return JSON.readValue(
        ok(post("/executor/attempts/current/end", token, end)), AttemptVerdict.class);
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
      throw new IOException(
          response.request().method()
              + " "
              + response.uri().getPath()
              + " was answered "
              + response.statusCode());
    }
    return response.body();
  }
}
