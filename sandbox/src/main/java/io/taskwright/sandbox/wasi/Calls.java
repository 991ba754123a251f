package io.taskwright.sandbox.wasi;

import java.util.ArrayList;
import java.util.List;
import run.endive.runtime.HostFunction;
import run.endive.runtime.Instance;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** Collects calls under their names in WASI. */
final class Calls {
  /** The module that they belong to. */
  static final String MODULE = "wasi_snapshot_preview1";

  private final List<HostFunction> functions = new ArrayList<>();

  /** One call: it writes its results into the memory, or throws the number of its error. */
  interface Call {
    void apply(GuestMemory memory, long... arguments);
  }

  /**
   * Adds a call that answers with an error number.
   *
   * @param parameters {@code i} for each of 32 bits, {@code I} for each of 64
   */
  void add(String name, String parameters, Call call) {
    functions.add(
        new HostFunction(
            MODULE,
            name,
            FunctionType.of(types(parameters), List.of(ValType.I32)),
            (instance, arguments) -> new long[] {answer(instance, call, arguments)}));
  }

  /** Adds a call that does not return. */
  void addLast(String name, Call call) {
    functions.add(
        new HostFunction(
            MODULE,
            name,
            FunctionType.of(types("i"), List.of()),
            (instance, arguments) -> {
              call.apply(new GuestMemory(instance.memory()), arguments);
              return new long[0];
            }));
  }

  /** Adds calls that are answered with the same error, whatever they say. */
  void refuse(int errno, String name, String parameters) {
    add(
        name,
        parameters,
        (_, _) -> {
          throw new ErrnoException(errno);
        });
  }

  List<HostFunction> all() {
    return List.copyOf(functions);
  }

  private static int answer(Instance instance, Call call, long... arguments) {
    try {
      call.apply(new GuestMemory(instance.memory()), arguments);
      return Errno.OK;
    } catch (ErrnoException e) {
      return e.errno();
    }
  }

  private static List<ValType> types(String parameters) {
    return parameters.chars().mapToObj(c -> c == 'I' ? ValType.I64 : ValType.I32).toList();
  }
}
