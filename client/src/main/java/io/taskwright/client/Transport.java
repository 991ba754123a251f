package io.taskwright.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sends requests and tells apart: an answer, a problem, and nobody there. */
final class Transport implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int FIRST_NO_SUCCESS = 300;
  private static final int UNAVAILABLE = 503;

  private final Endpoint endpoint;
  private final HttpClient http;

  Transport(Endpoint endpoint) {
    this.endpoint = endpoint;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT);
    if (!"https".equalsIgnoreCase(endpoint.url().getScheme())) {
      builder.sslContext(noTls());
    }
    this.http = builder.build();
  }

  /** Without this the client reads all certificates that the JDK knows, and never uses them. */
  private static SSLContext noTls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new javax.net.ssl.TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  URI url() {
    return endpoint.url();
  }

  /**
   * Sends it and waits for the answer; a repeatable one again while nobody answers and the
   * endpoint's patience lasts.
   *
   * @throws ProblemException if the service refused
   * @throws UnreachableException if nobody answered
   */
  Answer send(Call call) {
    Pauses pauses = new Pauses(call.repeatable() ? endpoint.patience() : Duration.ZERO);
    while (true) {
      try {
        return once(call);
      } catch (UnreachableException e) {
        again(pauses, e);
      } catch (ProblemException e) {
        if (e.problem().status() != UNAVAILABLE) {
          throw e;
        }
        again(pauses, e);
      }
    }
  }

  private void again(Pauses pauses, RuntimeException reason) {
    try {
      if (!pauses.pause()) {
        throw reason;
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Answer once(Call call) {
    HttpResponse<byte[]> response = exchange(call, BodyHandlers.ofByteArray());
    if (response.statusCode() >= FIRST_NO_SUCCESS) {
      throw new ProblemException(Problem.of(response.statusCode(), response.body()));
    }
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /** Asks for a stream; the answer's beginning is waited for, not its end. */
  HttpResponse<Chunks> open(Call call) {
    return exchange(call, head -> new Chunks());
  }

  private <T> HttpResponse<T> exchange(Call call, BodyHandler<T> handler) {
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request(call), handler);
    try {
      return answer.get(call.limit().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw unreachable(reason(cause), cause);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw unreachable("no answer within %d s".formatted(call.limit().toSeconds()), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw interrupted(e);
    }
  }

  private HttpRequest request(Call call) {
    byte[] body = call.body();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(endpoint.at(call.route()))
            .method(
                call.method(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .header("Authorization", "Bearer " + endpoint.key().secret());
    call.headers().forEach(builder::header);
    return builder.build();
  }

  UnreachableException unreachable(String reason, @Nullable Throwable cause) {
    return new UnreachableException(endpoint.url(), reason, cause);
  }

  UnreachableException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return unreachable("waiting for it was interrupted", e);
  }

  private static String reason(Throwable cause) {
    return switch (cause) {
      case HttpConnectTimeoutException e ->
          "no connection within %d s".formatted(CONNECT.toSeconds());
      case ConnectException e when e.getCause() instanceof UnresolvedAddressException ->
          "its host is unknown";
      case ConnectException e -> "the connection was refused";
      case IOException e ->
          "the connection broke" + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
      default -> String.valueOf(cause);
    };
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
