package io.taskwright.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.taskwright.sandbox.guest.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An API server of one namespace with one node: pods and network policies, watches, and streams
 * over web sockets, as Kubernetes speaks them.
 */
final class FakeCluster implements AutoCloseable {
  static final String NAMESPACE = "tasks";

  private final ServerSocket server;
  private final FakeNode node;
  private final KubernetesSerialization json = new KubernetesSerialization();
  private final Map<String, Map<String, HasMetadata>> kinds =
      Map.of("pods", new TreeMap<>(), "networkpolicies", new TreeMap<>());
  private final List<Event> events = new ArrayList<>();
  private final Map<String, String> refused = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private UnaryOperator<Pod> admission = pod -> pod;
  private @Nullable PodStatus stuck;
  private boolean open = true;

  /** What watchers hear. */
  private record Event(String type, HasMetadata object) {}

  FakeCluster(FakeNode node) throws IOException {
    this.node = node;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers a method and the end of a path with 403. */
  FakeCluster refuses(String request) {
    refused.put(request, "no");
    return this;
  }

  /** Changes every pod that is made. */
  FakeCluster admits(UnaryOperator<Pod> change) {
    admission = change;
    return this;
  }

  /** Lets pods stay at this instead of running. */
  FakeCluster stuckAt(PodStatus status) {
    stuck = status;
    return this;
  }

  Cluster connect() throws EnvironmentException {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getLocalPort())
            .withNamespace(NAMESPACE)
            .build();
    return Cluster.connect(config, NAMESPACE);
  }

  /** Adds what is there already. */
  synchronized void put(String kind, HasMetadata object) {
    change(kind, "ADDED", object);
  }

  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  synchronized List<HasMetadata> all(String kind) {
    return List.copyOf(kinds(kind).values());
  }

  @Override
  public synchronized void close() throws IOException {
    open = false;
    notifyAll();
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void serve(Socket socket) {
    try (Wire wire = new Wire(socket)) {
      for (Wire.Request one = wire.request(); one != null; one = wire.request()) {
        answer(one, wire);
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone.
    }
  }

  private void answer(Wire.Request request, Wire wire) throws IOException, InterruptedException {
    URI uri = URI.create(request.target());
    List<String> path =
        Arrays.asList(uri.getPath().replaceFirst(".*/" + NAMESPACE + "/", "").split("/", -1));
    Map<String, String> query = query(uri.getRawQuery());
    String what = request.method() + " " + String.join("/", path);
    synchronized (this) {
      asked.add(what);
    }
    if (refused.containsKey(request.method() + " " + path.getFirst())) {
      wire.answer(403, status(403, "it is forbidden"));
    } else if (path.size() == 3) {
      wire.upgrade(request);
      node.attach(path.get(1), wire);
      wire.close();
    } else if (query.containsKey("watch")) {
      watch(request, path.getFirst(), query, wire);
    } else {
      plain(request, path, query, wire);
    }
  }

  private void plain(Wire.Request request, List<String> path, Map<String, String> query, Wire wire)
      throws IOException, InterruptedException {
    String kind = path.getFirst();
    String name = path.size() > 1 ? path.get(1) : "";
    switch (request.method()) {
      case "POST" -> wire.answer(201, json.asJson(create(kind, request.body())));
      case "PUT" -> wire.answer(200, json.asJson(store(kind, "MODIFIED", request.body())));
      case "DELETE" -> delete(kind, name, wire);
      default -> {
        if (name.isEmpty()) {
          wire.answer(200, list(kind, query));
        } else {
          found(kind, name, wire);
        }
      }
    }
  }

  private void found(String kind, String name, Wire wire) throws IOException {
    HasMetadata object = one(kind, name);
    wire.answer(
        object == null ? 404 : 200,
        object == null ? status(404, name + " is not there") : json.asJson(object));
  }

  private HasMetadata create(String kind, String body) {
    HasMetadata made = store(kind, "ADDED", body);
    if (made instanceof Pod pod) {
      PodStatus end = stuck;
      if (end == null) {
        node.start(pod, this::told);
      } else {
        told(pod.getMetadata().getName(), end);
      }
    }
    return made;
  }

  private HasMetadata store(String kind, String type, String body) {
    HasMetadata object =
        kind.equals("pods")
            ? admission.apply(json.unmarshal(body, Pod.class))
            : json.unmarshal(body, NetworkPolicy.class);
    return change(kind, type, object);
  }

  private void delete(String kind, String name, Wire wire)
      throws IOException, InterruptedException {
    HasMetadata object = one(kind, name);
    if (object == null) {
      wire.answer(404, status(404, name + " is not there"));
      return;
    }
    wire.answer(200, json.asJson(object));
    node.kill(name);
    synchronized (this) {
      kinds(kind).remove(name);
      change(kind, "DELETED", object);
    }
  }

  private synchronized void told(String name, PodStatus status) {
    if (one("pods", name) instanceof Pod pod) {
      change("pods", "MODIFIED", new PodBuilder(pod).withStatus(status).build());
    }
  }

  private synchronized HasMetadata change(String kind, String type, HasMetadata object) {
    object.getMetadata().setResourceVersion(Integer.toString(events.size() + 1));
    object.getMetadata().setUid("uid-" + object.getMetadata().getName());
    if (!type.equals("DELETED")) {
      kinds(kind).put(object.getMetadata().getName(), object);
    }
    events.add(new Event(type, json.clone(object)));
    notifyAll();
    return object;
  }

  private synchronized @Nullable HasMetadata one(String kind, String name) {
    return kinds(kind).get(name);
  }

  private synchronized String list(String kind, Map<String, String> query) {
    String items =
        kinds(kind).values().stream()
            .filter(object -> matches(object, query))
            .map(json::asJson)
            .collect(Collectors.joining(","));
    String listed = kind.equals("pods") ? "v1\",\"kind\":\"PodList" : POLICIES;
    return "{\"apiVersion\":\""
        + listed
        + "\",\"metadata\":{\"resourceVersion\":\""
        + events.size()
        + "\"},\"items\":["
        + items
        + "]}";
  }

  private static final String POLICIES = "networking.k8s.io/v1\",\"kind\":\"NetworkPolicyList";

  private void watch(Wire.Request request, String kind, Map<String, String> query, Wire wire)
      throws IOException, InterruptedException {
    wire.upgrade(request);
    Thread watcher = Thread.ofVirtual().start(() -> tell(wire, kind, query));
    while (wire.receive() != null) {
      // Watchers say nothing that matters.
    }
    watcher.interrupt();
    wire.close();
  }

  private void tell(Wire wire, String kind, Map<String, String> query) {
    int next = Integer.parseInt(query.getOrDefault("resourceVersion", "0"));
    try {
      for (Event event = event(next); event != null; event = event(++next)) {
        boolean meant = event.object() instanceof Pod == kind.equals("pods");
        if (meant && matches(event.object(), query)) {
          String text =
              "{\"type\":\"" + event.type() + "\",\"object\":" + json.asJson(event.object()) + "}";
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          wire.send(Wire.TEXT, bytes, 0, bytes.length);
        }
      }
    } catch (IOException | InterruptedException e) {
      // The watcher has gone.
    }
  }

  private synchronized @Nullable Event event(int index) throws InterruptedException {
    while (open && index >= events.size()) {
      wait();
    }
    return open ? events.get(index) : null;
  }

  private static boolean matches(HasMetadata object, Map<String, String> query) {
    Map<String, String> labels = object.getMetadata().getLabels();
    String field = query.getOrDefault("fieldSelector", "");
    return Arrays.stream(query.getOrDefault("labelSelector", "").split(",", -1))
            .filter(pair -> !pair.isEmpty())
            .map(pair -> pair.split("=", 2))
            .allMatch(pair -> pair[1].equals(labels.get(pair[0])))
        && (field.isEmpty() || field.equals("metadata.name=" + object.getMetadata().getName()));
  }

  private Map<String, HasMetadata> kinds(String kind) {
    Map<String, HasMetadata> objects = kinds.get(kind);
    if (objects == null) {
      throw new IllegalArgumentException("no kind " + kind);
    }
    return objects;
  }

  private static Map<String, String> query(@Nullable String raw) {
    return raw == null
        ? Map.of()
        : Arrays.stream(raw.split("&", -1))
            .map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8).split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, _) -> first));
  }

  private static String status(int code, String message) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"Status\",\"status\":\"Failure\",\"code\":"
        + code
        + ",\"message\":\""
        + message
        + "\"}";
  }
}
