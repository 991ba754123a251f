package io.taskwright.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sends requests and tells apart: an answer, a problem, and nobody there. */
final class Transport implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int FIRST_NO_SUCCESS = 300;
  private static final int UNAVAILABLE = 503;
  private static final long SLOWEST_BYTES_PER_MILLI = 100;

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
    return repeated(call, () -> once(call));
  }

  /** Sends it with a file's bytes as its body, read as they are sent. */
  Answer upload(Call call, Path file) throws IOException {
    Call patient = call.patient(Duration.ofMillis(Files.size(file) / SLOWEST_BYTES_PER_MILLI));
    BodyPublisher bytes = BodyPublishers.ofFile(file);
    return repeated(patient, () -> answer(exchange(patient, bytes, BodyHandlers.ofByteArray())));
  }

  /** Writes the answer's body into a file, as it comes. */
  void download(Call call, Path target) {
    repeated(
        call,
        () -> {
          HttpResponse<Object> response = exchange(call, body(call), head -> handler(head, target));
          if (response.body() instanceof byte[] problem) {
            throw new ProblemException(Problem.of(response.statusCode(), problem));
          }
          return target;
        });
  }

  private static BodySubscriber<Object> handler(ResponseInfo head, Path target) {
    return head.statusCode() >= FIRST_NO_SUCCESS
        ? BodySubscribers.mapping(BodySubscribers.ofByteArray(), bytes -> bytes)
        : BodySubscribers.mapping(BodySubscribers.ofFile(target), path -> path);
  }

  private <T> T repeated(Call call, Supplier<T> once) {
    Pauses pauses = new Pauses(call.repeatable() ? endpoint.patience() : Duration.ZERO);
    while (true) {
      try {
        return once.get();
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
    return answer(exchange(call, body(call), BodyHandlers.ofByteArray()));
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    if (response.statusCode() >= FIRST_NO_SUCCESS) {
      throw new ProblemException(Problem.of(response.statusCode(), response.body()));
    }
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /** Asks for a stream; the answer's beginning is waited for, not its end. */
  HttpResponse<Chunks> open(Call call) {
    return exchange(call, body(call), head -> new Chunks());
  }

  private static BodyPublisher body(Call call) {
    byte[] body = call.body();
    return body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
  }

  private <T> HttpResponse<T> exchange(Call call, BodyPublisher body, BodyHandler<T> handler) {
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request(call, body), handler);
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

  private HttpRequest request(Call call, BodyPublisher body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(endpoint.at(call.route()))
            .method(call.method(), body)
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
