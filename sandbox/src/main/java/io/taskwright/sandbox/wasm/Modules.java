package io.taskwright.sandbox.wasm;

import io.taskwright.sandbox.guest.Failures;
import io.taskwright.sandbox.resource.Resource;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import run.endive.runtime.WasmInterruptedException;

/**
 * The modules that run or were run lately, compiled. One is compiled at a time, on a thread of its
 * own: who asks for it waits, and who waits too long finds it later.
 */
final class Modules implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final long STACK = 16L << 20;

  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final HeapBudget budget;
  private final Set<String> known;
  private final ExecutorService compiler =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("sandbox-wasm-compiler").stackSize(STACK).factory());

  /**
   * Keeps as many as the budget allows beside the runs.
   *
   * @param known the names of the functions that there are
   */
  Modules(HeapBudget budget, Set<String> known) {
    this.budget = budget;
    this.known = known;
    budget.spare(this::dropOne);
  }

  /** A module that somebody uses, or nobody for now. */
  private static final class Kept {
    private final CompletableFuture<CompiledModule> module = new CompletableFuture<>();
    private int users;
    private long taken;
  }

  /** A module in use, until it is closed. */
  final class Lease implements AutoCloseable {
    private final String digest;
    private final Kept mine;
    private boolean closed;

    private Lease(String digest, Kept mine) {
      this.digest = digest;
      this.mine = mine;
    }

    /**
     * The module.
     *
     * @throws BrokenLimitException if it is unusable, or not compiled in time
     * @throws WasmInterruptedException if the run is ended meanwhile
     */
    CompiledModule module() {
      try {
        return mine.module.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WasmInterruptedException("the run waited for its module");
      } catch (TimeoutException e) {
        throw new BrokenLimitException(
            Failures.environment(
                "the module is not compiled after %s; it goes on, so another attempt may find it"
                    .formatted(PATIENCE)));
      } catch (ExecutionException e) {
        throw e.getCause() instanceof BrokenLimitException broken
            ? broken
            : new IllegalStateException("the module could not be compiled", e.getCause());
      }
    }

    @Override
    public void close() {
      synchronized (Modules.this) {
        if (closed) {
          return;
        }
        closed = true;
        mine.users--;
        if (mine.users == 0 && mine.module.isCompletedExceptionally()) {
          drop(mine);
          kept.remove(digest, mine);
        }
      }
    }
  }

  /**
   * Begins to use a module.
   *
   * @throws BrokenLimitException if it is unusable, or there is no memory left for it
   */
  Lease use(byte[] bytes) {
    String digest = Resource.hash(List.of(bytes));
    synchronized (this) {
      Kept there = kept.get(digest);
      if (there != null) {
        there.users++;
        return new Lease(digest, there);
      }
    }
    return begin(digest, scan(bytes));
  }

  private static ModuleScan scan(byte[] bytes) {
    try {
      return ModuleScan.of(bytes);
    } catch (UnusableModuleException e) {
      throw new BrokenLimitException(Failures.unusable(e.reason()));
    }
  }

  private synchronized Lease begin(String digest, ModuleScan scan) {
    Kept mine = kept.get(digest);
    if (mine == null) {
      mine = new Kept();
      mine.taken = CompiledModule.mostWeight(scan);
      if (!budget.take(mine.taken)) {
        throw new BrokenLimitException(WasmGuest.NO_HEAP);
      }
      kept.put(digest, mine);
      Kept compiled = mine;
      compiler.execute(() -> compile(compiled, scan));
    }
    mine.users++;
    return new Lease(digest, mine);
  }

  private void compile(Kept mine, ModuleScan scan) {
    try {
      CompiledModule module = CompiledModule.of(scan, known);
      synchronized (this) {
        budget.giveBack(mine.taken - module.weight());
        mine.taken = module.weight();
      }
      mine.module.complete(module);
    } catch (UnusableModuleException e) {
      mine.module.completeExceptionally(new BrokenLimitException(Failures.unusable(e.reason())));
    } catch (OutOfMemoryError e) {
      mine.module.completeExceptionally(new BrokenLimitException(WasmGuest.NO_HEAP));
    }
  }

  /** Drops the module that was not used for the longest time, if nobody uses it. */
  private synchronized boolean dropOne() {
    Iterator<Kept> oldest = kept.values().iterator();
    while (oldest.hasNext()) {
      Kept next = oldest.next();
      if (next.users == 0 && next.module.isDone()) {
        oldest.remove();
        drop(next);
        return true;
      }
    }
    return false;
  }

  private void drop(Kept idle) {
    budget.giveBack(idle.taken);
    idle.taken = 0;
  }

  @Override
  public void close() {
    compiler.shutdownNow();
  }
}
