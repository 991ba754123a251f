package io.taskwright.bench.start;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.ProgramFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program that prints a line and ends.
 *
 * @param source as a task
 * @param bare its command line without a sandbox; empty if there is none as short
 */
record Hello(TaskRuntime runtime, String source, List<String> bare) {
  /** In every runtime. */
  static final List<Hello> ALL =
      List.of(
          new Hello(
              TaskRuntime.PYTHON,
              "print('hello')",
              List.of("/usr/bin/python3", "-I", "-S", "-c", "print('hello')")),
          new Hello(TaskRuntime.BASH, "echo hello", List.of("/bin/bash", "-c", "echo hello")),
          new Hello(
              TaskRuntime.NODE,
              "console.log('hello')",
              List.of("node", "-e", "console.log('hello')")),
          new Hello(
              TaskRuntime.JAVA,
              "public class Main { public static void main(String[] a) {"
                  + " System.out.println(\"hello\"); } }",
              List.of()));

  /** The limits that tasks have unless they say otherwise. */
  Limits limits() {
    return new Limits(
        new Cpu(100),
        null,
        ByteSize.ofMebibytes(runtime == TaskRuntime.JAVA ? 192 : 128),
        ByteSize.ofMebibytes(500),
        10_000,
        64,
        Duration.ofMinutes(5),
        ByteSize.ofMebibytes(8),
        ByteSize.ofMebibytes(1));
  }

  Program program() {
    ProgramFile file =
        new ProgramFile(runtime.sourceFile(), source.getBytes(StandardCharsets.UTF_8));
    return new Program("bench", runtime, List.of(file), file.path(), "null", Map.of(), List.of());
  }
}
