package io.taskwright.sandbox.wasm;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionBody;

/**
 * A module as bytecode of the virtual machine. All of it is compiled and none interpreted: then the
 * thread's stack bounds what a recursion takes, whatever the functions are like.
 *
 * @param weight about how many bytes of this process it takes
 */
record CompiledModule(WasmModule module, Function<Instance, Machine> machines, long weight) {
  /** What one instruction takes when it is parsed and compiled; measured: 60 to 80. */
  private static final long BYTES_OF_INSTRUCTION = 96;

  /** Of the virtual machine's own memory; measured: 700. */
  private static final long BYTES_OF_FUNCTION = 1024;

  private static final long BYTES_OF_OTHER = 200;
  private static final long BYTES_OF_SEGMENTS = 25 << 20;
  private static final long BYTES_OF_MACHINE = 1 << 20;

  /** The most that a module of the scan can take: an instruction has one byte or more. */
  static long mostWeight(ModuleScan scan) {
    return BYTES_OF_INSTRUCTION * scan.code() + weightBesideCode(scan);
  }

  private static long weightBesideCode(ModuleScan scan) {
    return BYTES_OF_OTHER * (scan.bytes().length - scan.code() - scan.data())
        + BYTES_OF_FUNCTION * scan.functions()
        + Math.min(50L * scan.data(), BYTES_OF_SEGMENTS)
        + scan.bytes().length
        + BYTES_OF_MACHINE;
  }

  /** Parses and compiles; takes seconds for a large one. */
  static CompiledModule of(ModuleScan scan, Set<String> known) throws UnusableModuleException {
    try {
      WasmModule module = Parser.parse(scan.bytes());
      Optional<String> flaw = ModuleRules.flaw(module, known);
      if (flaw.isPresent()) {
        throw new UnusableModuleException(flaw.get());
      }
      Function<Instance, Machine> machines =
          MachineFactoryCompiler.builder(module)
              .withInterpreterFallback(InterpreterFallback.FAIL)
              .compile();
      return new CompiledModule(module, machines, weight(scan, module));
    } catch (RuntimeException | StackOverflowError e) {
      // The library does not check all bytes before it uses them.
      throw new UnusableModuleException(
          "the module cannot be compiled, so it is not well formed or uses what is not there: "
              + e);
    }
  }

  private static long weight(ModuleScan scan, WasmModule module) {
    long instructions = 0;
    for (FunctionBody body : module.codeSection().functionBodies()) {
      instructions += body.instructions().size();
    }
    return BYTES_OF_INSTRUCTION * instructions + weightBesideCode(scan);
  }
}
