package io.taskwright.sandbox.wasm;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.guest.LiveRuns;
import io.taskwright.sandbox.wasi.FileTree;
import io.taskwright.sandbox.wasi.Room;
import io.taskwright.sandbox.wasi.Wasi;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import run.endive.runtime.HostFunction;

/**
 * Runs WebAssembly modules of users inside this process: commands for WASI preview 1, which reach
 * nothing but their own memory and files that lie in memory too. A module is compiled once, which
 * takes up to a few seconds, and starts within milliseconds from then on.
 */
public final class WasmSandbox implements Sandbox {
  /** It bounds how deep a program may call itself. */
  private static final long STACK = 16L << 20;

  private final LiveRuns live = new LiveRuns("wasm", STACK);
  private final HeapBudget budget;
  private final Modules modules;

  /**
   * Makes the back end.
   *
   * @param budget what all runs and compiled modules may take of this process's heap
   */
  public WasmSandbox(HeapBudget budget) {
    this.budget = budget;
    this.modules = new Modules(budget, functions());
  }

  private static Set<String> functions() {
    FileTree none = new FileTree(new Room(0, 0, new HeapBudget(0)));
    return Wasi.calls(none, "", Map.of(), new byte[0], _ -> {}, _ -> {}).stream()
        .map(HostFunction::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public String name() {
    return "wasm";
  }

  @Override
  public Set<TaskRuntime> runtimes() {
    return Set.of(TaskRuntime.WASM);
  }

  @Override
  public ProbeReport probe() {
    return new WasmProbe(this).run();
  }

  @Override
  public Run start(Program program, Limits limits, RunSink sink) {
    return ThreadRun.start(
        live, program.name(), limits.wall(), new WasmGuest(program, limits, sink, modules, budget));
  }

  @Override
  public void close() {
    live.close();
    modules.close();
  }
}
