package io.taskwright.sandbox.javascript;

import io.taskwright.model.ByteSize;
import io.taskwright.model.execution.Failure;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.ProgramFile;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Usage;
import io.taskwright.sandbox.guest.Failures;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.WasmEngineException;

/** One program in one interpreter, on a thread of its own, which is interrupted to end it. */
final class JavascriptRun implements Run {
  private static final String CALL_MAIN =
      "\n;taskwright(typeof main === 'undefined' ? undefined : main);";

  /** The interpreter's own stack starts at address 0 and nothing stops it there but the memory. */
  private static final String BELOW_STACK = "attempted to access address: -";

  private static final Failure NO_HEAP =
      Failures.environment(
          "this worker has no memory left for JavaScript; it will when other runs end");

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private enum Interruption {
    STOPPED,
    OVERDUE
  }

  private final String name;
  private final Program program;
  private final Limits limits;
  private final ProgramTalk talk;
  private final Template template;
  private final Bytecodes bytecodes;
  private final HeapBudget budget;
  private final CompletableFuture<RunEnd> end = new CompletableFuture<>();

  private @Nullable Thread thread;
  private @Nullable Interruption interruption;
  private long mostBytes;
  private boolean limitReached;
  private boolean budgetReached;

  JavascriptRun(
      String name,
      Program program,
      Limits limits,
      RunSink sink,
      Template template,
      Bytecodes bytecodes,
      HeapBudget budget) {
    this.name = name;
    this.program = program;
    this.limits = limits;
    this.talk = new ProgramTalk(program, limits, sink);
    this.template = template;
    this.bytecodes = bytecodes;
    this.budget = budget;
  }

  @Override
  public String environment() {
    return name;
  }

  @Override
  public CompletableFuture<RunEnd> end() {
    return end;
  }

  @Override
  public void stop() {
    interrupt(Interruption.STOPPED);
  }

  @Override
  public void close() {
    stop();
    synchronized (this) {
      if (Thread.currentThread().equals(thread)) {
        return; // The sink closes the run: its end comes when the sink returns.
      }
    }
    end.join();
  }

  /** Runs the program on the calling thread. */
  void live(ScheduledExecutorService clock) {
    long start = System.nanoTime();
    long cpu = THREADS.getCurrentThreadCpuTime();
    Future<?> deadline =
        clock.schedule(
            () -> interrupt(Interruption.OVERDUE), limits.wall().toMillis(), TimeUnit.MILLISECONDS);
    begin(Thread.currentThread());
    Outcome outcome = outcome();
    deadline.cancel(false);
    boolean _ = finished(); // The thread goes on to other runs, without an interruption.
    Usage usage =
        new Usage(
            Duration.ofNanos(System.nanoTime() - start),
            Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - cpu),
            new ByteSize(mostBytes));
    end.complete(outcome.end(usage));
  }

  private Outcome outcome() {
    try {
      evaluate();
      talk.finish();
      Outcome outcome = talk.outcome();
      return outcome instanceof Outcome.Failed && memoryRefused() ? memory() : outcome;
    } catch (BrokenLimitException e) {
      return new Outcome.Failed(e.failure());
    } catch (WasmInterruptedException e) {
      return interrupted();
    } catch (StackOverflowError e) {
      return tooDeep();
    } catch (OutOfMemoryError e) {
      return memory();
    } catch (WasmEngineException e) {
      return memoryRefused() ? memory() : trapped(e);
    } catch (RuntimeException e) {
      return new Outcome.Failed(Failures.environment("the interpreter broke: " + e));
    }
  }

  private void evaluate() {
    String source = source() + CALL_MAIN;
    byte[] known = bytecodes.find(source);
    byte[] bytecode = known == null ? within(fresh -> fresh.compile(source)) : known;
    bytecodes.keep(source, bytecode);
    int length =
        within(fresh -> {
          fresh.evaluate(bytecode);
          return bytecode.length;
        });
    mostBytes = Math.max(mostBytes, length);
  }

  /** Uses an interpreter of its own, and gives back what that took of the heap. */
  private <T> T within(Function<Interpreter, T> use) {
    int mostPages = (int) Math.min(limits.memory().bytes() / Memory.PAGE_SIZE, 32767);
    Interpreter fresh = template.copy(talk, mostPages, budget);
    if (fresh == null) {
      throw new BrokenLimitException(NO_HEAP);
    }
    BoundedMemory memory = fresh.memory();
    try {
      return use.apply(fresh);
    } finally {
      mostBytes = Math.max(mostBytes, memory.bytes());
      limitReached |= memory.limitReached();
      budgetReached |= memory.budgetReached();
      budget.giveBack(memory.taken());
    }
  }

  private String source() {
    for (ProgramFile file : program.files()) {
      if (file.path().equals(program.entry())) {
        return new String(file.content(), StandardCharsets.UTF_8);
      }
    }
    throw new BrokenLimitException(Failures.unusable("the program has no file " + program.entry()));
  }

  private Outcome trapped(WasmEngineException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    boolean below = message.contains("stack") || message.contains(BELOW_STACK);
    return below ? tooDeep() : talk.trapped("the interpreter gave up: " + message);
  }

  private boolean memoryRefused() {
    return limitReached || budgetReached;
  }

  /** Its own limit is the program's fault; a full process is the worker's. */
  private Outcome memory() {
    return new Outcome.Failed(
        budgetReached && !limitReached
            ? NO_HEAP
            : Failures.memory(limits.memory(), new ByteSize(mostBytes)));
  }

  private static Outcome tooDeep() {
    return new Outcome.Failed(
        Failures.exception("RangeError: the program calls itself too deeply", 1, ""));
  }

  private synchronized Outcome interrupted() {
    return interruption == Interruption.STOPPED
        ? new Outcome.Stopped()
        : new Outcome.Failed(Failures.timeout(limits.wall()));
  }

  private synchronized void begin(Thread own) {
    thread = own;
    if (interruption != null) {
      own.interrupt();
    }
  }

  private synchronized boolean finished() {
    thread = null;
    return Thread.interrupted();
  }

  private synchronized void interrupt(Interruption why) {
    if (interruption == null) {
      interruption = why;
    }
    if (thread != null) {
      thread.interrupt();
    }
  }
}
