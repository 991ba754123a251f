package io.taskwright.sandbox.javascript;

import io.roastedroot.quickjs4j.core.JavyPluginModule;
import io.taskwright.sandbox.wasm.BoundedMemory;
import io.taskwright.sandbox.wasm.HeapBudget;
import java.nio.charset.StandardCharsets;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.MemoryLimits;

/** One instance of QuickJS with a memory of its own. Used by one thread, for one program. */
final class Interpreter {
  private static final WasmModule MODULE = JavyPluginModule.load();
  private static final int FIRST_PAGES =
      MODULE.memorySection().orElseThrow().getMemory(0).limits().initialPages();

  private final Instance instance;
  private final BoundedMemory memory;
  private final ExportFunction allocate;

  private Interpreter(Instance instance) {
    this.instance = instance;
    this.memory = (BoundedMemory) instance.memory();
    this.allocate = instance.export("cabi_realloc");
  }

  /** An instance that knows nothing of JavaScript yet. */
  static Interpreter bare(HostCalls host, int mostPages, HeapBudget budget) {
    ImportValues imports = HostImports.of(host);
    return new Interpreter(
        Instance.builder(MODULE)
            .withMachineFactory(JavyPluginModule::create)
            .withImportValues(imports)
            .withMemoryLimits(new MemoryLimits(FIRST_PAGES, Math.max(FIRST_PAGES, mostPages)))
            .withMemoryFactory(limits -> new BoundedMemory(limits, budget))
            .build());
  }

  BoundedMemory memory() {
    return memory;
  }

  /** Makes the global object and all that is in it; takes some milliseconds. */
  void initialize() {
    instance.export("initialize_runtime").apply();
  }

  /** The only state beside the memory: the stack pointer. */
  long stackPointer() {
    return instance.global(0).getValue();
  }

  void stackPointer(long value) {
    instance.global(0).setValue(value);
  }

  /** Bytecode that every instance can evaluate. Traps if the source does not parse. */
  byte[] compile(String source) {
    byte[] text = source.getBytes(StandardCharsets.UTF_8);
    int at = place(text);
    int result = (int) instance.export("compileSrc").apply(at, text.length)[0];
    return memory.readBytes(memory.readInt(result), memory.readInt(result + 4));
  }

  /** Runs bytecode and everything that it leaves to be done later. */
  void evaluate(byte[] bytecode) {
    int at = place(bytecode);
    instance.export("eval").apply(at, bytecode.length, 0, 0);
  }

  private int place(byte[] bytes) {
    int at = (int) allocate.apply(0, 0, 1, bytes.length)[0];
    memory.write(at, bytes);
    return at;
  }
}
