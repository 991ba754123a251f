package io.taskwright.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A node that runs each pod as a process of this host. As on a real one, what a container says
 * before somebody joins its streams is lost to these.
 */
final class FakeNode {
  private final Function<Pod, ProcessBuilder> commands;
  private final String killedReason;
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  private static final class Running {
    private final Process process;
    private volatile @Nullable Wire joined;

    Running(Process process) {
      this.process = process;
    }
  }

  /**
   * Runs pods.
   *
   * @param commands what a pod becomes
   * @param killedReason what is said of a container that ended badly
   */
  FakeNode(Function<Pod, ProcessBuilder> commands, String killedReason) {
    this.commands = commands;
    this.killedReason = killedReason;
  }

  /** Starts a pod, and tells what becomes of it. */
  void start(Pod pod, BiConsumer<String, PodStatus> told) {
    String name = pod.getMetadata().getName();
    try {
      Running one = new Running(commands.apply(pod).start());
      running.put(name, one);
      Thread out = thread(() -> copy(one, one.process.getInputStream(), 1));
      Thread err = thread(() -> copy(one, one.process.getErrorStream(), 2));
      told.accept(name, runs());
      var _ =
          thread(() -> {
            int code = one.process.waitFor();
            out.join();
            err.join();
            told.accept(name, ended(code, code == 0 ? "Completed" : killedReason));
            Wire wire = one.joined;
            if (wire != null) {
              wire.sendEnd();
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Joins somebody to the streams until he or the container ends. */
  void attach(String name, Wire wire) throws IOException {
    Running one = running.get(name);
    if (one == null) {
      throw new IOException("no such container");
    }
    one.joined = wire;
    try (OutputStream in = one.process.getOutputStream()) {
      int channel = 0;
      for (Wire.Part part = wire.receive(); part != null; part = wire.receive()) {
        int skipped = part.first() ? 1 : 0;
        channel = part.first() && part.bytes().length > 0 ? part.bytes()[0] : channel;
        if (channel == 0) {
          in.write(part.bytes(), skipped, part.bytes().length - skipped);
          in.flush();
        }
      }
    } catch (IOException e) {
      // The container has ended.
    } finally {
      one.joined = null;
    }
  }

  /** Kills a pod's processes and waits for their end. */
  void kill(String name) throws InterruptedException {
    Running one = running.remove(name);
    if (one != null) {
      one.process.destroy();
      one.process.waitFor();
    }
  }

  private static void copy(Running one, InputStream from, int channel) throws IOException {
    byte[] buffer = new byte[8193];
    buffer[0] = (byte) channel;
    for (int count; (count = from.read(buffer, 1, buffer.length - 1)) >= 0; ) {
      Wire wire = one.joined;
      if (wire != null) {
        wire.send(Wire.BINARY, buffer, 0, count + 1);
      }
    }
  }

  private static PodStatus runs() {
    return status(
        "Running",
        new ContainerStatusBuilder()
            .withNewState()
            .withNewRunning("2026-01-01T00:00:00Z")
            .endState());
  }

  private static PodStatus ended(int code, String reason) {
    return status(
        code == 0 ? "Succeeded" : "Failed",
        new ContainerStatusBuilder()
            .withNewState()
            .withNewTerminated()
            .withExitCode(code)
            .withReason(reason)
            .endTerminated()
            .endState());
  }

  private static PodStatus status(String phase, ContainerStatusBuilder container) {
    return new PodStatusBuilder()
        .withPhase(phase)
        .withContainerStatuses(container.withName(PodPlan.CONTAINER).build())
        .build();
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static Thread thread(Work work) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            work.run();
          } catch (IOException | InterruptedException e) {
            // Whoever listened has gone.
          }
        });
  }
}
