package io.taskwright.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * A package index on the host's loopback, for pip ({@code /simple}), npm ({@code /npm}) and Maven
 * ({@code /maven2}), with packages that tests make up.
 */
public final class PackageServer implements AutoCloseable {
  private static final int NOT_FOUND = 404;

  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private PackageServer(HttpServer server) {
    this.server = server;
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Starts one without packages. */
  public static PackageServer start() {
    try {
      return new PackageServer(
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of everything. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What was asked for so far, as paths. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Puts other bytes in the place of a file whose path ends so. */
  public void replace(String suffix, byte[] content) {
    String path =
        files.keySet().stream().filter(one -> one.endsWith(suffix)).findFirst().orElseThrow();
    files.put(path, content);
  }

  /** Takes every file away whose path has the text in it. */
  public void remove(String part) {
    files.keySet().removeIf(path -> path.contains(part));
  }

  /**
   * Adds a wheel of one module.
   *
   * @param requires what it depends on, such as {@code other==1.0}
   */
  public PackageServer wheel(String name, String version, String source, String... requires) {
    return python(
        name,
        name + "-" + version + "-py3-none-any.whl",
        Archives.wheel(name, version, source, requires));
  }

  /** Adds a source distribution, whose {@code setup.py} would be run by an installation. */
  public PackageServer sourceDistribution(String name, String version, String setup) {
    String folder = name + "-" + version + "/";
    return python(
        name,
        name + "-" + version + ".tar.gz",
        Archives.tarGz(
            Map.of(
                folder + "setup.py",
                setup,
                folder + "PKG-INFO",
                "Metadata-Version: 2.1\nName: %s\nVersion: %s\n".formatted(name, version))));
  }

  private PackageServer python(String name, String file, byte[] content) {
    files.put("/files/" + file, content);
    String link =
        "<!DOCTYPE html><html><body><a href=\"/files/%1$s#sha256=%2$s\">%1$s</a></body></html>"
            .formatted(file, HexFormat.of().formatHex(Archives.digest("SHA-256", content)));
    files.put("/simple/" + name + "/", link.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /**
   * Adds an npm package.
   *
   * @param manifest more fields of its {@code package.json}, such as {@code "scripts":{…}}; may be
   *     empty
   * @param contents files by their paths
   */
  public PackageServer npm(
      String name, String version, String manifest, Map<String, String> contents) {
    String fields =
        "\"name\":\"%s\",\"version\":\"%s\"%s"
            .formatted(name, version, manifest.isEmpty() ? "" : "," + manifest);
    Map<String, String> packed = new HashMap<>();
    packed.put("package/package.json", "{" + fields + "}");
    contents.forEach((path, text) -> packed.put("package/" + path, text));
    byte[] archive = Archives.tarGz(packed);
    String path = "/npm/" + name + "/-/" + name + "-" + version + ".tgz";
    files.put(path, archive);
    String document =
        "{\"name\":\"%1$s\",\"dist-tags\":{\"latest\":\"%2$s\"},\"versions\":{\"%2$s\":{%3$s,\"dist\":{\"tarball\":\"%4$s\",\"integrity\":\"%5$s\"}}}}"
            .formatted(name, version, fields, url() + path, Archives.integrity(archive));
    files.put("/npm/" + name, document.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /**
   * Adds a jar to the Maven repository.
   *
   * @param coordinates group:artifact:version
   * @param needs coordinates of what it depends on
   */
  public PackageServer jar(String coordinates, byte[] jar, String... needs) {
    String[] parts = coordinates.split(":", -1);
    String base =
        "/maven2/%s/%s/%s/%s-%s"
            .formatted(parts[0].replace('.', '/'), parts[1], parts[2], parts[1], parts[2]);
    maven(base + ".jar", jar);
    maven(base + ".pom", Archives.pom(parts, needs).getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private void maven(String path, byte[] content) {
    files.put(path, content);
    files.put(
        path + ".sha1",
        HexFormat.of()
            .formatHex(Archives.digest("SHA-1", content))
            .getBytes(StandardCharsets.US_ASCII));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(path);
    byte[] body = files.get(path);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (body == null) {
      exchange.sendResponseHeaders(NOT_FOUND, -1);
    } else {
      exchange.getResponseHeaders().add("Content-Type", type(path));
      exchange.sendResponseHeaders(200, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
    exchange.close();
  }

  private static String type(String path) {
    return path.startsWith("/simple/")
        ? "text/html"
        : path.startsWith("/npm/") && !path.endsWith(".tgz")
            ? "application/json"
            : "application/octet-stream";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
