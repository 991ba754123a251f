package io.taskwright.model.definition;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A language that task code may be written in. */
public enum TaskRuntime {
  PYTHON("python", "main.py"),
  NODE("node", "main.js"),
  JAVA("java", "Main.java"),
  BASH("bash", "main.sh"),
  /**
   * Small JavaScript, for at most five seconds: in WebAssembly inside the worker where that is
   * allowed, else under Node.js.
   */
  JAVASCRIPT("javascript", "main.js"),
  /** A WebAssembly module for WASI preview 1, for at most five seconds, inside the worker only. */
  WASM("wasm", "main.wasm");

  private final String word;
  private final String sourceFile;

  TaskRuntime(String word, String sourceFile) {
    this.word = word;
    this.sourceFile = sourceFile;
  }

  /** The name of the runtime in a definition. */
  public String word() {
    return word;
  }

  /** The file that inline source code is put into. */
  public String sourceFile() {
    return sourceFile;
  }

  /** Tells whether the code may run inside the worker's own process, in WebAssembly. */
  public boolean inProcess() {
    return this == JAVASCRIPT || this == WASM;
  }

  /** Tells whether anything else than the worker's own process runs it. */
  public boolean sandboxed() {
    return this != WASM;
  }

  /** Tells whether a definition may hold the program as text. */
  public boolean text() {
    return this != WASM;
  }

  /** The names of all runtimes, for messages. */
  public static String words() {
    return Arrays.stream(values()).map(TaskRuntime::word).collect(Collectors.joining(", "));
  }

  /** The runtime of that name in a definition. */
  public static Optional<TaskRuntime> of(String word) {
    for (TaskRuntime runtime : values()) {
      if (runtime.word.equals(word)) {
        return Optional.of(runtime);
      }
    }
    return Optional.empty();
  }
}
