package io.taskwright.app.supervisor;

import static org.awaitility.Awaitility.await;

import io.taskwright.app.process.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;

/** A supervisor of parts that are no processes, with a clock that is set by hand. */
final class Stage implements AutoCloseable {
  /** Within what each part has to become ready, and within what it has to end. */
  static final Duration LIMIT = Duration.ofMinutes(1);

  private static final Path NO_LOG = Path.of("/nonexistent");

  /** The names of the parts in the order in which they were started. */
  final List<String> starts = new CopyOnWriteArrayList<>();

  /** Whether a new child ends when it is asked to. */
  volatile boolean obedient = true;

  /** Whether a new child is ready at once. */
  volatile boolean readyAtOnce = true;

  private final Map<String, FakeChild> children = new ConcurrentHashMap<>();
  private final AtomicReference<List<PartStatus>> statuses = new AtomicReference<>(List.of());
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final CompletableFuture<Supervisor.End> end = new CompletableFuture<>();
  private final Supervisor supervisor;

  /** The parts of these names; {@code a<b} is a part a that needs b. */
  Stage(String... parts) {
    this(() -> {}, parts);
  }

  /** The same, with something to be done before each start. */
  Stage(Part.Preparation preparation, String... parts) {
    supervisor =
        new Supervisor(
            Arrays.stream(parts).map(part -> part(part.split("<", -1), preparation)).toList(),
            new Supervisor.Listener() {
              @Override
              public void changed(List<PartStatus> changed) {
                statuses.set(changed);
              }

              @Override
              public void happened(String line) {}
            },
            this::start,
            now::get);
  }

  /** Starts the supervisor. */
  Stage run() {
    Thread.ofPlatform().daemon().start(this::supervise);
    return this;
  }

  private void supervise() {
    try {
      end.complete(supervisor.run());
    } catch (InterruptedException e) {
      end.completeExceptionally(e);
    }
  }

  private Part part(String[] nameAndNeed, Part.Preparation preparation) {
    String name = nameAndNeed[0];
    return new Part(
        name,
        "1",
        nameAndNeed.length == 1 ? Set.of() : Set.of(nameAndNeed[1]),
        new Part.Launch(preparation, List.of(name)),
        new Part.Readiness(() -> child(name).ready, LIMIT),
        new Part.Stop(Signal.INT, LIMIT),
        NO_LOG);
  }

  private Child start(Part part) {
    FakeChild child = new FakeChild(obedient);
    child.ready = readyAtOnce;
    children.put(part.name(), child);
    starts.add(part.name());
    return child;
  }

  /** The last child that was started for a part. */
  FakeChild child(String name) {
    return Objects.requireNonNull(children.get(name));
  }

  PartStatus status(String name) {
    soon().until(() -> !statuses.get().isEmpty());
    return statuses.get().stream()
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  void awaitState(String name, PartState state) {
    soon().until(() -> status(name).state() == state);
  }

  void awaitStarts(int count) {
    soon().until(() -> starts.size() == count);
  }

  private static ConditionFactory soon() {
    return await().pollInterval(Duration.ofMillis(5));
  }

  void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
    supervisor.wake();
  }

  void stop() {
    supervisor.stop();
  }

  boolean ended() {
    return end.isDone();
  }

  /** Waits for the supervisor's end. */
  Supervisor.End end() {
    return end.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    stop();
    children.values().forEach(child -> child.dies(0));
    var _ = end();
  }
}
