package io.taskwright.activities.check;

import io.taskwright.model.definition.Check.Http.Method;
import io.taskwright.sandbox.egress.Addresses;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Asks a server once, and only one that is not private. A name is resolved once, addresses that are
 * not allowed are left out, and the connection goes to one of the others: what the name means a
 * moment later changes nothing. No redirect is followed, nothing is unpacked, no proxy and no
 * credentials of this process are used.
 */
final class HttpProbe {
  private static final int MOST_BYTES = 1 << 20;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Addresses allowed;

  HttpProbe(Addresses allowed) {
    this.allowed = allowed;
  }

  /**
   * What a server said.
   *
   * @param body as text; what is beyond 1 MiB is left out
   */
  record Answer(int status, String body) {}

  /** Thrown when there is no answer; the message says why, for a person. */
  static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean lasting;

    private NoAnswer(String reason, boolean lasting) {
      super(reason);
      this.reason = reason;
      this.lasting = lasting;
    }

    /** Why there is none. */
    String reason() {
      return reason;
    }

    /** Whether asking again is of no use. */
    boolean lasting() {
      return lasting;
    }
  }

  private static final class Barred extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Barred(String reason) {
      super(reason);
      this.reason = reason;
    }
  }

  /** Asks once, within ten seconds. */
  Answer ask(String url, Method method) throws NoAnswer {
    HttpUriRequestBase request = new HttpUriRequestBase(method.name(), URI.create(url));
    request.setHeader("User-Agent", "taskwright-check");
    request.setHeader("Connection", "close");
    Executor later = CompletableFuture.delayedExecutor(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<Boolean> end = CompletableFuture.supplyAsync(request::cancel, later);
    try (CloseableHttpClient client = client()) {
      return client.execute(request, HttpProbe::read);
    } catch (Barred e) {
      throw new NoAnswer(e.reason, true);
    } catch (UnknownHostException e) {
      throw new NoAnswer("the name of the host cannot be resolved", false);
    } catch (IOException e) {
      throw new NoAnswer(
          end.isDone() ? "no whole answer within " + LONGEST : "no answer: " + reason(e), false);
    } finally {
      end.cancel(false);
    }
  }

  private static String reason(IOException e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : name + ": " + e.getMessage();
  }

  private CloseableHttpClient client() {
    Timeout most = Timeout.of(LONGEST);
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new Guard(allowed))
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(5))
                        .setSocketTimeout(most)
                        .build())
                .build())
        .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(most).build())
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  private static Answer read(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new Answer(response.getCode(), "");
    }
    try (InputStream body = entity.getContent()) {
      byte[] bytes = body.readNBytes(MOST_BYTES);
      return new Answer(response.getCode(), new String(bytes, StandardCharsets.UTF_8));
    }
  }

  /** Gives only addresses that are allowed, whatever the name or the spelling of the address. */
  private record Guard(Addresses allowed) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      InetAddress[] reached =
          Arrays.stream(SystemDefaultDnsResolver.INSTANCE.resolve(host))
              .filter(allowed::allow)
              .toArray(InetAddress[]::new);
      if (reached.length == 0) {
        throw new Barred(
            "'"
                + host
                + "' has no address that checks may connect to: private ones and this host's own"
                + " are closed unless the operator opens them with taskwright.checks.open-ranges");
      }
      return reached;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
