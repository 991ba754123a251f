package io.taskwright.app.supervisor;

import io.taskwright.app.process.ProcessId;
import io.taskwright.app.process.Signal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;

/** A process that lives and dies as a test wants it to. */
final class FakeChild implements Child {
  final List<Signal> signals = new CopyOnWriteArrayList<>();
  volatile boolean ready;

  private final boolean obedient;
  private final CompletableFuture<Integer> end = new CompletableFuture<>();

  /** A process that ends when it is asked to, or one that has to be killed. */
  FakeChild(boolean obedient) {
    this.obedient = obedient;
  }

  void dies(int code) {
    end.complete(code);
  }

  @Override
  public Optional<ProcessId> id() {
    return Optional.empty();
  }

  @Override
  public void onEnd(IntConsumer callback) {
    var _ = end.thenAccept(callback::accept);
  }

  @Override
  public boolean alive() {
    return !end.isDone();
  }

  @Override
  public void signal(Signal signal) {
    signals.add(signal);
    if (obedient || signal == Signal.KILL) {
      dies(signal == Signal.KILL ? 137 : 0);
    }
  }
}
