package io.taskwright.app.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.taskwright.activities.executor.AttemptNotes;
import io.taskwright.activities.executor.BundleCache;
import io.taskwright.activities.executor.Dependencies;
import io.taskwright.activities.executor.ExecutorFiles;
import io.taskwright.activities.executor.HttpServiceApi;
import io.taskwright.activities.executor.Presence;
import io.taskwright.activities.executor.SandboxedAttempt;
import io.taskwright.activities.executor.ServiceApi;
import io.taskwright.app.service.Versions;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.protocol.WorkerBeat;
import io.taskwright.model.protocol.WorkerBeat.BackEndReport;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.layer.LayerStore;
import io.taskwright.sandbox.layer.Packages;
import io.taskwright.sandbox.offer.BackEnd;
import io.taskwright.sandbox.offer.Offer;
import io.taskwright.sandbox.offer.Sandboxes;
import io.taskwright.store.Secrets;
import io.taskwright.workers.ExecutorWorker;
import io.taskwright.workers.HostSlots;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** An executor that lives: its sandboxes, what it says of itself, and what takes its work. */
final class ExecutorParts implements AutoCloseable {
  private static final long CACHED_BUNDLES = 256L << 20;

  private final ExecutorSettings settings;
  private final WorkflowClient client;
  private final LayerStore layers;
  private final Sandboxes sandboxes;
  private final ServiceApi api;
  private final AttemptNotes notes;
  private final SandboxedAttempt attempts;
  private final HostSlots slots;
  private final ExecutorWorker worker;
  private final Presence presence;
  private final Instant startedAt = Instant.now();
  private volatile boolean draining;

  /** Opens the sandboxes, which ends what an earlier life has left; takes some seconds. */
  ExecutorParts(ExecutorSettings settings, WorkflowClient client) {
    this.settings = settings;
    this.client = client;
    this.layers = layers(settings);
    this.sandboxes = Sandboxes.open(settings.sandboxes());
    this.api = new HttpServiceApi(settings.api(), settings::key);
    this.notes = AttemptNotes.in(settings.notes());
    this.attempts =
        new SandboxedAttempt(
            new SandboxedAttempt.Means(
                api, new BundleCache(CACHED_BUNDLES), dependencies(), files(), sandboxes::choose),
            new SandboxedAttempt.Terms(ProcessName.get(), settings.bounds(), notes),
            Secrets::random,
            InstantSource.system());
    this.slots = settings.slots().onHost();
    this.worker = new ExecutorWorker(client, settings.pool(), slots, attempts);
    this.presence = new Presence(api, settings.id(), this::beat, worker::take);
  }

  private static LayerStore layers(ExecutorSettings settings) {
    try {
      return LayerStore.open(settings.layers(), settings.packages().kept(), InstantSource.system());
    } catch (EnvironmentException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private Dependencies dependencies() {
    try {
      Path tools = settings.layers().resolveSibling("package-tools");
      return new Dependencies(api, Packages.open(settings.packages(), tools), layers);
    } catch (EnvironmentException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private ExecutorFiles files() {
    ExecutorFiles files = new ExecutorFiles(settings.filesFolder());
    try {
      files.clear();
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tidy " + settings.filesFolder(), e);
    }
  }

  private WorkerBeat beat() {
    return new WorkerBeat(
        settings.pool(),
        ProcessName.host(),
        Versions.read().taskwright(),
        slots.capacity(),
        attempts.running(),
        draining,
        runtimes(),
        sandboxes.offers().stream().map(ExecutorParts::report).toList(),
        startedAt);
  }

  private static BackEndReport report(Offer offer) {
    String detail =
        offer instanceof Offer.Offered offered
            ? "passed " + offered.report().checks().size() + " checks"
            : offer.reason();
    return new BackEndReport(offer.backEnd().word(), offer instanceof Offer.Offered, detail);
  }

  /** The kinds of sandbox that were allowed, and what became of them. */
  List<BackEndReport> backEnds() {
    return sandboxes.offers().stream().map(ExecutorParts::report).toList();
  }

  /** What it runs. */
  List<String> runtimes() {
    return sandboxes.offers().stream()
        .filter(Offer.Offered.class::isInstance)
        .flatMap(offer -> ((Offer.Offered) offer).sandbox().runtimes().stream())
        .map(TaskRuntime::word)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Registers once.
   *
   * @throws IOException if the service does not answer, or refuses it
   */
  void register() throws IOException, InterruptedException {
    presence.register();
  }

  /** Says which attempts an earlier life has lost, and begins to take work. */
  void start() throws IOException, InterruptedException {
    int _ = notes.reportLost(api, client.newActivityCompletionClient()::completeExceptionally);
    worker.start();
    presence.start();
  }

  /** Why it takes no work now, if it does not. */
  Optional<String> trouble() {
    if (draining) {
      return Optional.of("it is about to end");
    }
    return presence.trouble().or(worker::trouble);
  }

  /** Counts what it does, from now on. */
  void bindTo(MeterRegistry metrics) {
    Gauge.builder("taskwright.executor.slots", this, ExecutorParts::capacity)
        .description("attempts that could be made at once, as the host is now")
        .register(metrics);
    Gauge.builder("taskwright.executor.running", this, ExecutorParts::running)
        .description("attempts that are made")
        .register(metrics);
    for (Offer offer : sandboxes.offers()) {
      if (offer instanceof Offer.Offered(BackEnd backEnd, Sandbox sandbox, var _)) {
        Gauge.builder("taskwright.sandbox.waiting", sandbox, Sandbox::waiting)
            .description("environments that wait for programs")
            .tag("sandbox", backEnd.word())
            .register(metrics);
      }
    }
  }

  /** How many attempts could be made at once now. */
  int capacity() {
    return slots.capacity();
  }

  /** How many are made. */
  int running() {
    return attempts.running();
  }

  /** Takes no more work, and waits for what runs. */
  void drain(Duration time) {
    draining = true;
    try {
      presence.register();
    } catch (IOException e) {
      // It will be told with the next beat.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    worker.drain(time);
  }

  /** Interrupts what runs while it drains. */
  void hurry() {
    worker.hurry();
  }

  @Override
  public void close() {
    worker.close();
    presence.close();
    sandboxes.close();
    layers.close();
  }
}
