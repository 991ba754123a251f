package io.taskwright.sandbox.javascript;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.guest.LiveRuns;
import io.taskwright.sandbox.wasm.HeapBudget;
import io.taskwright.sandbox.wasm.ThreadRun;
import java.util.Set;

/**
 * Runs JavaScript inside this process: QuickJS in WebAssembly, which reaches nothing but its own
 * memory. A program is one file with a {@code main(input)}; it has {@code console}, {@code
 * progress(fraction, message)} and {@code process.env}.
 *
 * <p>It starts in a fraction of a millisecond and computes slowly: the interpreter's loop is one
 * method of 57,000 bytecodes, which HotSpot does not compile, so that a million turns of a plain
 * loop take three seconds (measured; {@code -XX:-DontCompileHugeMethods} helps only programs that
 * do little else). It is for mappings and decisions, not for number crunching.
 */
public final class JavascriptSandbox implements Sandbox {
  /** Java frames of the interpreter are large; a program's own recursion ends before this does. */
  private static final long STACK = 64L << 20;

  private static final long MOST_BYTECODE = 32L << 20;

  private final LiveRuns live = new LiveRuns("javascript", STACK);
  private final Bytecodes bytecodes = new Bytecodes(MOST_BYTECODE);
  private final HeapBudget budget;
  private final Template template = Template.make();

  /**
   * Makes the back end.
   *
   * @param heap what all runs together may take of this process's heap
   */
  public JavascriptSandbox(ByteSize heap) {
    this(new HeapBudget(heap.bytes()));
  }

  /**
   * Makes the back end.
   *
   * @param budget what all runs together may take of this process's heap
   */
  public JavascriptSandbox(HeapBudget budget) {
    this.budget = budget;
  }

  @Override
  public String name() {
    return "javascript";
  }

  @Override
  public Set<TaskRuntime> runtimes() {
    return Set.of(TaskRuntime.JAVASCRIPT);
  }

  @Override
  public ProbeReport probe() {
    return new JavascriptProbe(this).run();
  }

  @Override
  public Run start(Program program, Limits limits, RunSink sink) {
    return ThreadRun.start(
        live,
        program.name(),
        limits.wall(),
        new JavascriptGuest(program, limits, sink, template, bytecodes, budget));
  }

  @Override
  public void close() {
    live.close();
  }
}
