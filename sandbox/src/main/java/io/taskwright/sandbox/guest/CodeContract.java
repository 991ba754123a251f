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

  private CodeContract() {}

  /** The program as the warden takes it. Its own variables do not replace those of the contract. */
  public static Launch launch(Program program, Limits limits, Interpreters interpreters) {
    Map<String, String> variables = new HashMap<>(program.environment());
    variables.putAll(OWN_VARIABLES);
    variables.putAll(ProxySettings.variables(program.egress()));
    Optional<Layer> layer =
        Optional.ofNullable(program.layer()).map(folder -> Layer.of(program.runtime(), folder));
    layer.ifPresent(packages -> variables.putAll(packages.variables(program.runtime())));
    List<LaunchFile> files = new ArrayList<>();
    for (ProgramFile file : program.files()) {
      files.add(new LaunchFile("work/" + file.path(), mode(file.content()), file.content()));
    }
    byte[] input = program.input().getBytes(StandardCharsets.UTF_8);
    files.add(new LaunchFile("input.json", 0644, input));
    return new Launch(
        interpreters.command(
            program.runtime(), program.entry(), limits.memory(), program.egress(), layer),
        variables,
        files,
        program.egress(),
        layer);
  }

  /** Bundles carry no permissions: what names its interpreter is meant to be run. */
  private static int mode(byte[] content) {
    boolean script = content.length > 2 && content[0] == '#' && content[1] == '!';
    return script ? 0755 : 0644;
  }
}
