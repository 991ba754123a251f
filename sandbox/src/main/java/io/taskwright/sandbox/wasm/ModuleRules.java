package io.taskwright.sandbox.wasm;

import io.taskwright.sandbox.wasi.Wasi;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.SubType;
import run.endive.wasm.types.TypeSection;

/**
 * What a module may be. Refused is whatever would let a program keep things outside of its own
 * memory, where its limit does not reach.
 */
final class ModuleRules {
  /** The most entries of all tables together, and of each when it grows. */
  static final int MOST_ENTRIES = 100_000;

  private static final int MOST_TABLES = 16;

  private ModuleRules() {}

  /**
   * Why the module is refused, if it is.
   *
   * @param known the names of the functions that there are
   */
  static Optional<String> flaw(WasmModule module, Set<String> known) {
    return Stream.of(imports(module, known), features(module), tables(module), exports(module))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> imports(WasmModule module, Set<String> known) {
    return module.importSection().stream()
        .filter(wanted -> !there(wanted, known))
        .findFirst()
        .map(wanted ->
            "the module imports "
                + wanted.module()
                + "."
                + wanted.name()
                + ", which is not there: only the functions of WASI preview 1 ("
                + Wasi.MODULE
                + ") are; compile the program for wasm32-wasip1");
  }

  private static boolean there(Import wanted, Set<String> known) {
    return wanted instanceof FunctionImport
        && wanted.module().equals(Wasi.MODULE)
        && known.contains(wanted.name());
  }

  private static Optional<String> features(WasmModule module) {
    if (module.tagSection().filter(tags -> tags.tagCount() > 0).isPresent()) {
      return Optional.of(
          "the module uses WebAssembly's exceptions, which are not there: compile without them");
    }
    TypeSection types = module.typeSection();
    boolean objects =
        IntStream.range(0, types.subTypeCount())
            .mapToObj(types::getSubType)
            .map(SubType::compType)
            .anyMatch(type -> type.structType() != null || type.arrayType() != null);
    if (objects) {
      return Optional.of(
          "the module uses WebAssembly's garbage collection, which is not there: compile for"
              + " linear memory");
    }
    boolean one =
        module
            .memorySection()
            .filter(memory -> memory.memoryCount() == 1 && !memory.getMemory(0).limits().shared())
            .isPresent();
    return one
        ? Optional.empty()
        : Optional.of("the module must have one memory of its own that is not shared");
  }

  private static Optional<String> tables(WasmModule module) {
    int count = module.tableSection().tableCount();
    long entries =
        IntStream.range(0, count)
            .mapToLong(i -> module.tableSection().getTable(i).limits().min())
            .sum();
    return count > MOST_TABLES || entries > MOST_ENTRIES
        ? Optional.of(
            "the module has more than "
                + MOST_TABLES
                + " tables or "
                + MOST_ENTRIES
                + " entries in them")
        : Optional.empty();
  }

  private static Optional<String> exports(WasmModule module) {
    boolean start =
        IntStream.range(0, module.exportSection().exportCount())
            .mapToObj(module.exportSection()::getExport)
            .anyMatch(export ->
                export.exportType() == ExternalType.FUNCTION && export.name().equals("_start"));
    return start
        ? Optional.empty()
        : Optional.of(
            "the module exports no function _start: build it as a command, not as a library");
  }
}
