package io.taskwright.sandbox.conformance;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a program reaches of the network, with a way out and without one. */
abstract class EgressSuite extends Suite {
  /** Reads what is at a URL as most programs do. */
  private static final String GET =
      """
      from urllib.request import urlopen
      def main(url):
          return urlopen(url, timeout=20).read().decode()
      """;

  private WebServer server;

  @BeforeEach
  final void serve() throws IOException {
    server = WebServer.plain();
  }

  @AfterEach
  final void end() {
    server.close();
  }

  private String url(String path) {
    return "\"http://" + server.address() + path + "\"";
  }

  @Test
  void reachesWhatItsDefinitionNames() {
    Trial.Result result = python(GET).input(url("/")).egress(server.address()).run();
    assertThat(result).returned("\"hello\"");
    assertThat(result.told().system())
        .singleElement()
        .asString()
        .startsWith("egress: connected to %1$s at %1$s: ".formatted(server.address()))
        .matches(".*: [1-9][0-9]+ bytes sent, [1-9][0-9]+ received");
  }

  @Test
  void reachesItByATunnelToo() {
    assertThat(
            python(
                    """
                    from http.client import HTTPConnection
                    def main(port):
                        connection = HTTPConnection('127.0.0.1', 3128)
                        connection.set_tunnel('127.0.0.1', port)
                        connection.request('POST', '/', 'x' * 1000000)
                        return len(connection.getresponse().read())
                    """)
                .input("" + server.port())
                .egress(server.address())
                .run())
        .returned("1000000");
  }

  @Test
  void reachesItFromJava() {
    assertThat(
            java("""
            import java.net.URI;
            import java.net.http.*;
            public class Main {
              public static Object main(Object url) throws Exception {
                URI uri = URI.create((String) url);
                String old = new String(uri.toURL().openStream().readAllBytes());
                HttpResponse<String> response =
                    HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
                return old + " " + response.body();
              }
            }
            """)
                .input(url("/"))
                .egress(server.address())
                .run())
        .returned("\"hello hello\"");
  }

  /** As docs/implementation/sandbox.md shows it. */
  @Test
  void reachesItFromNodeByAnAgent(@TempDir Path folder) throws Exception {
    try (WebServer secure = WebServer.secure(folder)) {
      assertThat(
              node("""
              const http = require('http'), https = require('https'), tls = require('tls');
              const proxy = new URL(process.env.HTTPS_PROXY || 'http://none');
              class ThroughProxy extends https.Agent {
                createConnection(options, callback) {
                  http.request({host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: `${options.host}:${options.port}`})
                    .on('connect', (response, socket) => response.statusCode === 200
                      ? callback(null, tls.connect({...options, socket}))
                      : callback(new Error(`the proxy says ${response.statusCode}`)))
                    .on('error', callback)
                    .end();
                }
              }
              const read = (response, done) => {
                let text = '';
                response.on('data', (part) => (text += part)).on('end', () => done(text));
              };
              const main = async ({plain, secure, ca}) => [
                await new Promise((done, failed) => http.get(
                  {host: proxy.hostname, port: proxy.port, path: plain},
                  (response) => read(response, done)).on('error', failed)),
                await new Promise((done, failed) => https.get(
                  secure, {agent: new ThroughProxy({ca})}, (response) => read(response, done)).on('error', failed)),
                await new Promise((done) => https.get(
                  'https://127.0.0.1:1/', {agent: new ThroughProxy({ca})}).on('error', (error) => done(error.message))),
              ];
              """)
                  .input(
                      JsonMapper.shared()
                          .createObjectNode()
                          .put("plain", "http://" + server.address() + "/")
                          .put("secure", "https://" + secure.address() + "/")
                          .put("ca", Files.readString(WebServer.certificate(folder)))
                          .toString())
                  .egress(server.address(), secure.address())
                  .run())
          .returned("[\"hello\",\"hello\",\"the proxy says 403\"]");
    }
  }

  @Test
  void failsForAHostThatIsNotNamed() {
    assertThat(python(GET).input("\"http://other.example/\"").egress(server.address()).run())
        .failed(FailureCode.EGRESS_DENIED)
        .withMessage("http://other.example/", "does not name other.example:80", "HTTP Error 403")
        .withDetail("denied", "\"target\":\"http://other.example/\"")
        .withDetail("exitCode", "1")
        .said(
            "SYSTEM egress: refused the connection to http://other.example/: the definition's"
                + " egress does not name other.example:80");
  }

  @Test
  void failsForAnotherPortOfAHostThatIsNamed() {
    int other = server.port() == 1 ? 2 : 1;
    assertThat(
            python(GET).input("\"http://127.0.0.1:" + other + "/\"").egress(server.address()).run())
        .failed(FailureCode.EGRESS_DENIED)
        .withMessage("does not name 127.0.0.1:" + other);
  }

  @Test
  void failsForANamedHostWhoseAddressIsNotOpen() {
    assertThat(python(GET).input("\"http://10.0.0.1/\"").egress("10.0.0.1:80").run())
        .failed(FailureCode.EGRESS_DENIED)
        .withMessage("10.0.0.1, which is not public");
  }

  @Test
  void endsWellIfItDealsWithARefusal() {
    assertThat(
            python(
                    """
                    from urllib.error import HTTPError
                    from urllib.request import urlopen
                    def main(url):
                        try:
                            urlopen('http://other.example/')
                        except HTTPError as e:
                            return [e.code, urlopen(url).read().decode()]
                    """)
                .input(url("/"))
                .egress(server.address())
                .run())
        .returned("[403,\"hello\"]")
        .said(
            "SYSTEM egress: refused the connection to http://other.example/: the definition's"
                + " egress does not name other.example:80");
  }

  @Test
  void reachesNothingBesideTheProxy() {
    assertThat(
            python(
                    """
                    import os, socket
                    def main(port):
                        reached = []
                        for address in [('127.0.0.1', port), ('1.1.1.1', 80), ('169.254.169.254', 80), ('172.17.0.1', 22)]:
                            try:
                                socket.create_connection(address, 0.5); reached.append(address)
                            except OSError:
                                pass
                        try: socket.getaddrinfo('example.com', 80); reached.append('dns')
                        except OSError: pass
                        try: open('/egress/other', 'w'); reached.append('folder')
                        except OSError: pass
                        return [reached, socket.if_nameindex(), len(os.environ['http_proxy'])]
                    """)
                .input("" + server.port())
                .egress(server.address())
                .run())
        .returned("[[],[[1,\"lo\"]],21]");
  }

  @Test
  void hasNoProxyWithoutAnEgressList() {
    assertThat(
            python(
                    """
                    import os, socket
                    def main():
                        try:
                            socket.create_connection(('127.0.0.1', 3128), 0.5)
                        except OSError:
                            return [os.path.exists('/egress'), [name for name in os.environ if 'proxy' in name.lower()]]
                    """)
                .run())
        .returned("[false,[]]");
  }

  @Test
  void isCutOffWhenItHasMovedAllThatItMay() {
    assertThat(python(GET).input(url("/large")).egress(server.address()).run())
        .failed(FailureCode.EGRESS_DENIED)
        .withMessage("all the bytes that it may: 6Mi");
  }

  @Test
  void keepsManyConnectionsApart() {
    assertThat(
            python(
                    """
                    from concurrent.futures import ThreadPoolExecutor
                    from urllib.request import urlopen
                    def echo(i):
                        body = str(i).encode() * 10000
                        return urlopen('http://127.0.0.1:%d/' % port, body).read() == body
                    def main(given):
                        global port
                        port = given
                        with ThreadPoolExecutor(8) as pool:
                            return sum(pool.map(echo, range(60)))
                    """)
                .input("" + server.port())
                .egress(server.address())
                .run())
        .returned("60");
  }

  @Test
  void countsTheWardensProcessForNobody() {
    String threads =
        """
        import threading
        def main():
            done = threading.Event()
            threads = [threading.Thread(target=done.wait) for _ in range(3)]
            for thread in threads: thread.start()
            done.set()
            return 1
        """;
    assertThat(python(threads).processes(4).egress(server.address()).run()).returned("1");
    assertThat(python(threads).processes(3).egress(server.address()).run())
        .exhausted("processes", "3");
  }

  @Test
  void hasMerelyNoNetworkIfItKillsWhatLeadsThere() {
    assertThat(
            python(
                    """
                    import os, signal, time
                    from urllib.request import urlopen
                    def main(url):
                        first = urlopen(url).read().decode()
                        os.kill(-1, signal.SIGKILL)
                        while [p for p in os.listdir('/proc') if p.isdigit() and int(p) not in (1, os.getpid())]: time.sleep(0.01)
                        try:
                            urlopen(url, timeout=2)
                        except OSError as e:
                            return [first, type(e.reason).__name__]
                    """)
                .input(url("/"))
                .egress(server.address())
                .run())
        .returned("[\"hello\",\"ConnectionRefusedError\"]");
  }

  @Test
  void isStoppedInTheMiddleOfAConnection() {
    Trial.Started started =
        python(
                """
                import socket, sys
                def main(port):
                    connection = socket.create_connection(('127.0.0.1', 3128))
                    connection.sendall(b'CONNECT 127.0.0.1:%d HTTP/1.1\\r\\n\\r\\n' % port)
                    connection.recv(100)
                    print('ready')
                    connection.recv(100)
                """)
            .input("" + server.port())
            .egress(server.address())
            .start();
    started.told().awaitReady();
    started.run().close();
    Trial.Result result = started.await();
    assertThat(result).stopped();
    assertThat(result.told().system())
        .singleElement()
        .asString()
        .startsWith("egress: connected to " + server.address());
  }

  @Test
  void canBeClosedByItsSinkForAConnection() throws Exception {
    Sinks.Closing sink = new Sinks.Closing();
    Run run =
        python("from urllib.request import urlopen\nurlopen('http://other.example/')")
            .egress(server.address())
            .start(sink);
    sink.closes(run);
    assertThat(run.end().get(30, TimeUnit.SECONDS))
        .isInstanceOfAny(RunEnd.Stopped.class, RunEnd.Failed.class);
  }
}
