package io.taskwright.sandbox.javascript;

import io.taskwright.model.ByteSize;
import io.taskwright.model.execution.Failure;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.ProgramFile;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.guest.Failures;
import io.taskwright.sandbox.wasm.BoundedMemory;
import io.taskwright.sandbox.wasm.BrokenLimitException;
import io.taskwright.sandbox.wasm.HeapBudget;
import io.taskwright.sandbox.wasm.Outcome;
import io.taskwright.sandbox.wasm.ThreadRun;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.WasmEngineException;

/** One program in one interpreter. */
final class JavascriptGuest implements ThreadRun.Guest {
  private static final String CALL_MAIN =
      "\n;taskwright(typeof main === 'undefined' ? undefined : main);";

  /** The interpreter's own stack starts at address 0 and nothing stops it there but the memory. */
  private static final String BELOW_STACK = "attempted to access address: -";

  private static final Failure NO_HEAP =
      Failures.environment(
          "this worker has no memory left for JavaScript; it will when other runs end");

  private final Program program;
  private final Limits limits;
  private final ProgramTalk talk;
  private final Template template;
  private final Bytecodes bytecodes;
  private final HeapBudget budget;

  private long mostBytes;
  private boolean limitReached;
  private boolean budgetReached;

  JavascriptGuest(
      Program program,
      Limits limits,
      RunSink sink,
      Template template,
      Bytecodes bytecodes,
      HeapBudget budget) {
    this.program = program;
    this.limits = limits;
    this.talk = new ProgramTalk(program, limits, sink);
    this.template = template;
    this.bytecodes = bytecodes;
    this.budget = budget;
  }

  @Override
  public long mostBytes() {
    return mostBytes;
  }

  @Override
  public Outcome live() {
    try {
      evaluate();
      talk.finish();
      Outcome outcome = talk.outcome();
      return outcome instanceof Outcome.Failed && memoryRefused() ? memory() : outcome;
    } catch (WasmInterruptedException e) {
      throw e;
    } catch (StackOverflowError e) {
      return tooDeep();
    } catch (OutOfMemoryError e) {
      return memory();
    } catch (WasmEngineException e) {
      return memoryRefused() ? memory() : trapped(e);
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
}
