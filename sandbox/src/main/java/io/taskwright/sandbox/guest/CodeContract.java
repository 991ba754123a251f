package io.taskwright.sandbox.guest;

import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.ProgramFile;
import io.taskwright.sandbox.guest.Launch.LaunchFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The code's contract: where a program finds its input and leaves its output and progress, the same
 * in every runtime.
 */
public final class CodeContract {
  private static final Map<String, String> OWN_VARIABLES =
      Map.of(
          "PATH", "/usr/bin:/bin",
          "HOME", "/task/work",
          "TMPDIR", "/task/tmp",
          "LANG", "C.UTF-8",
          "TZ", "UTC",
          "TASK_INPUT", "/task/input.json",
          "TASK_OUTPUT", "/task/output.json",
          "TASK_PROGRESS", "/task/progress");

  private static final List<String> EARLY =
      List.of("NODE_", "LC_", "MALLOC_", "GLIBC_", "OPENSSL_");

  private CodeContract() {}

  /** The program as the warden takes it. Its own variables do not replace those of the contract. */
  public static Launch launch(Program program, Limits limits, Interpreters interpreters) {
    Optional<Layer> layer =
        Optional.ofNullable(program.layer()).map(folder -> Layer.of(program.runtime(), folder));
    Map<String, String> early = new HashMap<>();
    Map<String, String> late = new HashMap<>();
    program.environment().forEach((name, value) -> (isEarly(name) ? early : late).put(name, value));
    early.putAll(OWN_VARIABLES);
    early.putAll(ProxySettings.variables(program.egress()));
    layer.ifPresent(packages -> early.putAll(packages.variables(program.runtime())));
    late.keySet().removeAll(early.keySet());
    List<LaunchFile> files = new ArrayList<>();
    for (ProgramFile file : program.files()) {
      files.add(new LaunchFile("work/" + file.path(), mode(file.content()), file.content()));
    }
    byte[] input = program.input().getBytes(StandardCharsets.UTF_8);
    files.add(new LaunchFile("input.json", 0644, input));
    List<String> command =
        interpreters.command(program.runtime(), limits.memory(), program.egress(), layer);
    if (!program.secrets().isEmpty()) {
      late.put("TASK_SECRETS", Launch.FOLDER + "/" + SecretsFile.NAME);
      files.add(SecretsFile.of(program.secrets()));
    }
    if (program.signals() != null) {
      late.put("TASK_SIGNALS", Launch.FOLDER + "/signals.json");
      byte[] signals = program.signals().getBytes(StandardCharsets.UTF_8);
      files.add(new LaunchFile("signals.json", 0644, signals));
    }
    return new Launch(
        Optional.of(new Harness(command, early)),
        Interpreters.arguments(program.runtime(), program.entry()),
        late,
        files,
        program.egress(),
        program.exchanged(),
        layer);
  }

  /** Whether something reads the variable when a runtime starts, and never again. */
  private static boolean isEarly(String name) {
    return EARLY.stream().anyMatch(name::startsWith);
  }

  /** Bundles carry no permissions: what names its interpreter is meant to be run. */
  private static int mode(byte[] content) {
    boolean script = content.length > 2 && content[0] == '#' && content[1] == '!';
    return script ? 0755 : 0644;
  }
}
