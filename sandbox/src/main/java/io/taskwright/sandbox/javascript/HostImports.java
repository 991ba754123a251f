package io.taskwright.sandbox.javascript;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * All that the module may call: the clock, random numbers, writing to stdout and stderr, and our
 * own calls. There are no files, no network and no environment behind it.
 */
final class HostImports {
  private static final int OK = 0;
  private static final int BAD_FILE = 8;
  private static final int LONGEST_NAME = 64;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final FunctionType ONE = type(1);
  private static final FunctionType TWO = type(2);
  private static final FunctionType THREE = type(3);
  private static final FunctionType FOUR = type(4);
  private static final FunctionType SIX = type(6);
  private static final FunctionType CLOCK =
      FunctionType.of(List.of(ValType.I32, ValType.I64, ValType.I32), List.of(ValType.I32));
  private static final FunctionType SEEK =
      FunctionType.of(
          List.of(ValType.I32, ValType.I64, ValType.I32, ValType.I32), List.of(ValType.I32));
  private static final FunctionType EXIT = FunctionType.of(List.of(ValType.I32), List.of());

  private final HostCalls host;

  private HostImports(HostCalls host) {
    this.host = host;
  }

  static ImportValues of(HostCalls host) {
    HostImports imports = new HostImports(host);
    return ImportValues.builder()
        .addFunction(
            new HostFunction("endive", "invoke", SIX, imports::invoke),
            wasi("random_get", TWO, HostImports::random),
            wasi("environ_get", TWO, (_, _) -> result(OK)),
            wasi("environ_sizes_get", TWO, HostImports::noEnvironment),
            wasi("clock_time_get", CLOCK, HostImports::clock),
            wasi("fd_close", ONE, (_, _) -> result(BAD_FILE)),
            wasi("fd_fdstat_get", TWO, (_, _) -> result(BAD_FILE)),
            wasi("fd_prestat_get", TWO, (_, _) -> result(BAD_FILE)),
            wasi("fd_prestat_dir_name", THREE, (_, _) -> result(BAD_FILE)),
            wasi("fd_read", FOUR, HostImports::read),
            wasi("fd_seek", SEEK, (_, _) -> result(BAD_FILE)),
            wasi("fd_write", FOUR, imports::write),
            wasi("proc_exit", EXIT, HostImports::exit))
        .build();
  }

  /** A call of the prelude: module, name and text, each as address and length. */
  private long[] invoke(Instance instance, long... arguments) {
    Memory memory = instance.memory();
    String name = text(memory, arguments[2], arguments[3], LONGEST_NAME);
    String text = text(memory, arguments[4], arguments[5], host.longestText());
    byte[] answer = host.call(name, text).getBytes(StandardCharsets.UTF_8);
    int at = allocate(instance, answer.length);
    instance.memory().write(at, answer);
    int pair = allocate(instance, 8);
    instance.memory().writeI32(pair, at);
    instance.memory().writeI32(pair + 4, answer.length);
    return result(pair);
  }

  /** What is longer is cut: whoever takes it sees that it is too long. */
  private static String text(Memory memory, long address, long length, long longest) {
    int some = (int) Math.min(length & 0xFFFFFFFFL, longest + 1);
    return new String(memory.readBytes((int) address, some), StandardCharsets.UTF_8);
  }

  private static int allocate(Instance instance, int length) {
    return (int) instance.export("cabi_realloc").apply(0, 0, 1, length)[0];
  }

  private static long[] random(Instance instance, long... arguments) {
    byte[] bytes = new byte[(int) Math.min(arguments[1] & 0xFFFFFFFFL, 65536)];
    RANDOM.nextBytes(bytes);
    instance.memory().write((int) arguments[0], bytes);
    return result(OK);
  }

  private static long[] noEnvironment(Instance instance, long... arguments) {
    instance.memory().writeI32((int) arguments[0], 0);
    instance.memory().writeI32((int) arguments[1], 0);
    return result(OK);
  }

  private static long[] clock(Instance instance, long... arguments) {
    boolean wall = arguments[0] == 0;
    Instant now = Instant.now();
    long time = wall ? now.getEpochSecond() * 1_000_000_000L + now.getNano() : System.nanoTime();
    instance.memory().writeLong((int) arguments[2], time);
    return result(OK);
  }

  private static long[] read(Instance instance, long... arguments) {
    instance.memory().writeI32((int) arguments[3], 0);
    return result(OK);
  }

  private long[] write(Instance instance, long... arguments) {
    Memory memory = instance.memory();
    int total = 0;
    for (int i = 0; i < arguments[2]; i++) {
      int pair = (int) arguments[1] + 8 * i;
      byte[] bytes = memory.readBytes(memory.readInt(pair), memory.readInt(pair + 4));
      host.write(arguments[0] == 2, bytes);
      total += bytes.length;
    }
    memory.writeI32((int) arguments[3], total);
    return result(OK);
  }

  private static long[] exit(Instance instance, long... arguments) {
    throw new IllegalStateException("the interpreter ended itself with code " + arguments[0]);
  }

  private static HostFunction wasi(String name, FunctionType type, WasmFunctionHandle handle) {
    return new HostFunction("wasi_snapshot_preview1", name, type, handle);
  }

  private static FunctionType type(int parameters) {
    return FunctionType.of(Collections.nCopies(parameters, ValType.I32), List.of(ValType.I32));
  }

  private static long[] result(int value) {
    return new long[] {value};
  }
}
