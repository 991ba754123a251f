package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Checkout;
import io.taskwright.testkit.Checkout.Result;
import io.taskwright.testkit.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The verbs of the command line: what they print and how they end. */
class CliIT {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Installation installation = Shared.installation();

  @TempDir private Path folder;

  private Result command(String... arguments) {
    return installation.command(arguments);
  }

  private String python(String source) throws IOException {
    String name = Tasks.name("cli");
    String text =
        "name: %s\nautomated:\n  runtime: python\n  source: |\n%s"
            .formatted(name, source.indent(4));
    return Files.writeString(folder.resolve(name + ".yaml"), text).toString();
  }

  private static void assertEnded(Result result, int code, String... words) {
    assertThat(result.code()).as(result.err() + result.out()).isEqualTo(code);
    assertThat(result.err()).contains(words);
    assertThat(result.err()).doesNotContain("\tat ");
  }

  // --- run
  // -----------------------------------------------------------------------------------------

  @Test
  void runStartsTheServiceIfNoneRuns() {
    try (Installation fresh = Installation.fresh()) {
      Result result =
          fresh.command(
              "run",
              "examples/hello",
              "--input",
              "{\"name\":\"Ada\"}",
              "--port",
              Integer.toString(fresh.port()));

      assertEnded(result, 0, "Starting on " + fresh.data(), "server", "COMPLETED");
      assertThat(JSON.readTree(result.out()).at("/greeting").stringValue())
          .isEqualTo("Hello, Ada!");
      assertThat(fresh.status().get("state").stringValue()).isEqualTo("ready");
    }
  }

  @Test
  void aChangedFileBecomesTheNextVersion() throws IOException {
    String file = python("def main(input):\n    return 1\n");
    assertEnded(command("run", file), 0, "version 1 (created)");
    Path path = Path.of(file);
    Files.writeString(path, Files.readString(path).replace("return 1", "return 2"));

    Result changed = command("run", file);

    assertEnded(changed, 0, "version 2 (new version)");
    assertThat(changed.out()).isEqualTo("2\n");
    assertEnded(command("run", file), 0, "version 2 (unchanged)");
  }

  @Test
  void inputComesFromFilesToo() throws IOException {
    String file = python("def main(input):\n    return input['n']\n");
    Path input = Files.writeString(folder.resolve("input.json"), "{\"n\": 9007199254740991}");

    assertThat(command("run", file, "--input", "@" + input).out()).isEqualTo("9007199254740991\n");
    assertEnded(command("run", file, "-i", "@/nonexistent"), 2, "There is no file /nonexistent");
    assertEnded(command("run", file, "-i", "{\"n\":"), 2, "--input is no JSON (line 1");
  }

  @Test
  void whatIsWrongWithTheInputIsListed() {
    assertEnded(
        command("run", "examples/hello", "--input", "{\"name\":\"\",\"x\":1}"),
        2,
        "INPUT_INVALID: nothing was started; correct the input",
        "  /name: must be at least 1 characters long (minLength)",
        "additionalProperties");
  }

  @Test
  void whatIsWrongWithADefinitionIsListedWithItsLines() throws IOException {
    Path file = folder.resolve("bad.yaml");
    Files.writeString(file, "name: Bad\nautomated:\n  runtime: cobol\n  source: x\n");
    String name = file + ":1 /name: must be 1 to 63 lower-case letters";
    String runtime = file + ":3 /automated/runtime: must be one of python";

    assertEnded(command("run", file.toString()), 2, "DEFINITION_INVALID", name, runtime);
    Result validated = command("validate", file.toString());
    assertThat(validated.code()).isEqualTo(2);
    assertThat(validated.out()).contains(name, runtime);
    Result applied = command("apply", "-f", file.toString(), "-o", "json");
    assertEnded(applied, 2, name, runtime);
    assertThat(JSON.readTree(applied.out()).at("/0/change").stringValue()).isEqualTo("refused");
  }

  @Test
  void filesAndTasksThatAreNotThereAreNamed() {
    assertEnded(command("run", "nowhere/task.yaml"), 2, "nowhere/task.yaml: there is no such file");
    assertEnded(command("run", "no-such-task"), 2, "NOT_FOUND", "taskwright get tasks");
    assertEnded(command("run"), 2, "Missing required parameter: 'FILE_OR_NAME'");
    assertEnded(command("frobnicate"), 2, "frobnicate");
  }

  @Test
  void nothingThatCodePrintsSteersTheTerminal() throws IOException {
    String file =
        python(
            """
            def main(input):
                print('\\x1b[2Jclear \\x07 \\u202e')
                raise ValueError('\\x1b]0;title\\x07')
            """);

    Result result = command("run", file);

    assertEnded(result, 1, "\\x1b[2Jclear \\x07 \\u202e", "ValueError: \\x1b]0;title\\x07");
    assertThat(result.err()).doesNotContain("\u001b", "\u0007", "\u202e");
  }

  /** The shell that starts the tests may ignore Ctrl-C; the command must not. */
  @Test
  void ctrlCCancelsTheExecutionAndSaysSo() throws Exception {
    String file =
        python(
            "import time\ndef main(input):\n    print('begun', flush=True)\n    time.sleep(60)\n");
    List<String> command =
        List.of(
            "env",
            "--default-signal=INT",
            Checkout.root().resolve("taskwright").toString(),
            "run",
            file,
            "--data",
            installation.data().toString());
    Path err = folder.resolve("err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.readString(err).contains("begun"));

    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor())
        .isZero();

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(3);
    assertThat(Files.readString(err))
        .contains("Cancelling ", "CANCELLED by key first-admin: Ctrl-C");
  }

  // --- the service
  // ---------------------------------------------------------------------------------

  @Test
  void aServiceThatIsNotThereIsExitCode4() {
    Path nowhere = folder.resolve("nowhere");
    for (List<String> verb :
        List.of(
            List.of("get", "tasks"),
            List.of("start", "hello"),
            List.of("logs"),
            List.of("apply", "-f", "examples"),
            List.of("export", "hello"),
            List.of("keys", "list"))) {
      List<String> all = new ArrayList<>(verb);
      all.addAll(List.of("--data", nowhere.toString()));
      assertEnded(
          Checkout.run(all), 4, "Nothing runs on " + nowhere, "taskwright up --detach --data");
    }
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void theEnvironmentNamesAServiceToo() {
    Map<String, String> here =
        Map.of(
            "TASKWRIGHT_URL", installation.url().toString(),
            "TASKWRIGHT_API_KEY", installation.adminKey());

    assertThat(with(here, "get", "tasks").code()).isZero();
    assertEnded(
        with(Map.of("TASKWRIGHT_URL", "http://127.0.0.1:1", "TASKWRIGHT_API_KEY", "k"), "run", "x"),
        4,
        "The service at http://127.0.0.1:1 does not answer: the connection was refused.");
    assertEnded(
        with(
            Map.of("TASKWRIGHT_URL", installation.url().toString(), "TASKWRIGHT_API_KEY", "wrong"),
            "get",
            "tasks"),
        2,
        "UNAUTHENTICATED");
    assertEnded(
        with(Map.of("TASKWRIGHT_URL", "http://127.0.0.1:1"), "get", "tasks"),
        2,
        "TASKWRIGHT_API_KEY");
  }

  private static Result with(Map<String, String> environment, String... arguments) {
    return Checkout.run(List.of(arguments), environment, Duration.ofMinutes(1));
  }

  // --- looking and ending
  // --------------------------------------------------------------------------

  @Test
  void anExecutionIsStartedLookedAtAndCancelled() throws IOException {
    String file = python("import time\nprint('begun', flush=True)\ntime.sleep(60)\n");
    command("apply", "-f", file);
    String task = Path.of(file).getFileName().toString().replace(".yaml", "");
    String id = command("start", task, "--label", "team=a").out().strip();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> command("logs", id).out().contains("stdout  begun"));

    assertThat(command("get", id).out()).contains("RUNNING", "team=a", task);
    assertThat(command("get", "executions", "--task", task, "--label", "team=a").out())
        .contains(id, "RUNNING");
    assertEnded(command("cancel", id, "--reason", "enough"), 0, "Its end was asked for");

    Result followed = command("logs", "-f", id, "-o", "json");
    assertThat(followed.out().lines().map(JSON::readTree))
        .anyMatch(line -> line.get("message").stringValue().equals("begun"));
    assertThat(command("get", id, "-o", "json").out()).contains("\"reason\": \"enough\"");
    assertEnded(command("cancel", id), 2, "ALREADY_ENDED: it has ended CANCELLED");
    assertEnded(command("cancel", "x"), 2, "'x' is no execution's id");
  }

  @Test
  void whatFailedIsTriedAgainAndWhatEndedIsDoneAgain() {
    command("apply", "-f", "examples/flaky");
    Result failed =
        command("start", "flaky", "-i", "{\"failures\":9}", "--wait", "30", "-o", "json");
    String id = JSON.readTree(failed.out()).get("id").stringValue();

    Result retried = command("retry", id);
    assertEnded(retried, 0, "");
    command("logs", "-f", retried.out().strip());
    assertThat(command("get", retried.out().strip(), "-o", "json").out())
        .contains("\"kind\": \"retry\"", id, "\"status\": \"FAILED\"");
    Result rerun = command("rerun", id, "-i", "{\"failures\":0}", "--version", "latest");
    assertEnded(rerun, 0, "");
    command("logs", "-f", rerun.out().strip());
    assertThat(command("get", rerun.out().strip(), "-o", "json").out())
        .contains("\"kind\": \"rerun\"", "\"status\": \"COMPLETED\"");
    assertThat(command("get", rerun.out().strip()).out()).contains("rerun of " + id);
    assertEnded(command("retry", rerun.out().strip()), 2, "NOTHING_FAILED");
    assertEnded(command("rerun", id, "--version", "0"), 2, "OUT_OF_RANGE");
    assertEnded(command("rerun", id, "-i", "{"), 2, "is no JSON");
  }

  @Test
  void startSaysBeforeWhatItWouldDo() {
    command("apply", "-f", "examples/flaky");

    Result would = command("start", "flaky", "-i", "{\"failures\":0}", "--preview");
    assertEnded(would, 0, "");
    assertThat(would.out()).contains("It would be started.", "pool '");
    Result refused = command("start", "flaky", "-i", "{\"failures\":-1}", "--preview");
    assertEnded(refused, 2, "");
    assertThat(refused.out()).contains("It would be refused", "/failures");
  }

  @Test
  void startWaitsWhenItIsTold() {
    command("apply", "-f", "examples/flaky");

    assertEnded(
        command("start", "flaky", "-i", "{\"failures\":0}", "--wait", "30"), 0, "COMPLETED");
    Result failed =
        command("start", "flaky", "-i", "{\"failures\":9}", "--wait", "30", "-o", "json");
    assertEnded(failed, 1, "FAILED");
    assertThat(JSON.readTree(failed.out()).get("attempts")).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "json", "yaml"})
  void listsComeInEveryForm(String form) {
    command("apply", "-f", "examples");

    Result tasks = command("get", "tasks", "--limit", "10000", "-o", form);
    Result versions = command("get", "versions", "hello", "-o", form);
    Result one = command("get", "hello", "-o", form);

    assertThat(tasks.code() + versions.code() + one.code()).isZero();
    assertThat(tasks.out()).contains("hello", "csv-profile");
    assertThat(one.out()).contains("Greets somebody by name.");
    if (form.equals("json")) {
      assertThat(JSON.readTree(tasks.out()).isArray()).isTrue();
      assertThat(JSON.readTree(versions.out()).at("/0/version").intValue()).isEqualTo(1);
    }
  }

  @Test
  void listsAreCutWhereItIsSaid() {
    command("apply", "-f", "examples");

    Result result = command("get", "tasks", "--limit", "2", "-o", "json");

    assertThat(JSON.readTree(result.out())).hasSize(2);
    assertThat(result.err()).contains("Only the first 2 are shown; see more with --limit.");
    assertEnded(command("get", "tasks", "--limit", "0"), 2, "'0' is no count");
  }

  // --- definitions and keys
  // ------------------------------------------------------------------------

  @Test
  void whatIsExportedCanBeApplied() throws IOException {
    command("apply", "-f", "examples");

    Result exported = command("export", "--to", folder.resolve("out").toString());
    Result applied = command("apply", "-f", folder.resolve("out").toString(), "-o", "json");

    assertThat(exported.code()).as(exported.err()).isZero();
    assertThat(applied.code()).as(applied.err()).isZero();
    assertThat(JSON.readTree(applied.out()).valueStream().map(it -> it.get("change").stringValue()))
        .containsOnly("unchanged");
    Path hello = folder.resolve("out/hello/task.yaml");
    assertThat(Files.readString(hello))
        .isEqualTo(Files.readString(Checkout.root().resolve("examples/hello/task.yaml")));
    Files.writeString(hello, "# mine\n");
    assertEnded(
        command("export", "hello", "--to", folder.resolve("out").toString()),
        2,
        "hello/task.yaml is there already; --force writes over it.");
    assertThat(JSON.readTree(command("export", "hello", "-o", "json").out()).has("id")).isFalse();
  }

  @Test
  void foldersComeBackByteForByte() throws IOException {
    String plain = Tasks.name("plain");
    String packed = Tasks.name("packed");
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.createDirectories(in.resolve(packed + "/lib"));
    Files.writeString(
        in.resolve(plain + ".yml"),
        "# a remark\r\nname: %s\nautomated: {runtime: bash, source: 'true'} # e\n"
            .formatted(plain));
    Files.writeString(
        in.resolve(packed + "/task.yaml"),
        "name: %s\nautomated:\n  runtime: python\n  bundle: {entry: main.py, files: ['**/*.py']}\n"
            .formatted(packed));
    Files.writeString(in.resolve(packed + "/main.py"), "import lib.seven\n");
    Files.writeString(in.resolve(packed + "/lib/seven.py"), "print(7)\n");
    assertEnded(command("apply", "-f", in.toString()), 0, "");

    Path out = folder.resolve("out");
    assertEnded(command("export", plain, packed, "--to", out.toString()), 0, "");

    assertThat(contents(out)).isEqualTo(contents(in));
    assertThat(command("apply", "-f", out.toString(), "-o", "json").out())
        .doesNotContain("created", "new version");
    Files.writeString(out.resolve(packed + "/lib/seven.py"), "print(8)\n");
    assertThat(command("apply", "--atomic", "-f", out.toString()).out()).contains("new version");
    Files.writeString(out.resolve(plain + ".yml"), "name: Bad\n");
    Files.writeString(out.resolve(packed + "/main.py"), "print(9)\n");
    assertEnded(
        command("apply", "--atomic", "-f", out.toString()),
        2,
        "IMPORT_INVALID",
        plain + ".yml#/name");
    assertThat(JSON.readTree(command("versions", packed, "-o", "json").out())).hasSize(2);
    Path zip = folder.resolve("all.zip");
    assertEnded(command("export", "--zip", zip.toString()), 0, "");
    Result imported = command("import", zip.toString());
    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(imported.out())
        .contains(packed, "unchanged")
        .doesNotContain("created", "new version");
  }

  private static Map<String, String> contents(Path root) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }

  @Test
  void versionsAreDraftedComparedPublishedGoneBackToAndArchived() throws IOException {
    String file = python("def main(input):\n    return 1\n");
    String task = Path.of(file).getFileName().toString().replace(".yaml", "");
    assertThat(command("apply", "--draft", "-f", file).out()).contains("draft");
    assertThat(command("get", "tasks", "--state", "draft", "-q", task).out()).contains(task);
    assertEnded(command("get", task), 2, "only a draft");
    assertThat(command("publish", task, "--note", "first").out()).contains("version 1");
    assertEnded(command("publish", task), 2, "has no draft");
    Files.writeString(Path.of(file), "inputSchema: {type: object}\n", StandardOpenOption.APPEND);
    command("run", file);
    Files.writeString(
        Path.of(file),
        Files.readString(Path.of(file)).replace("{type: object}", "{type: object, required: [n]}"));
    command("apply", "--draft", "-f", file);

    Result diff = command("diff", task, "2", "draft");
    assertThat(diff.out()).contains("breaking", "'n' is required now", "/inputSchema/required");
    Result check = command("publish", task, "--check");
    assertThat(check.code()).isEqualTo(2);
    assertThat(check.out()).contains("it would refuse 1 inputs and 0 outputs");
    assertEnded(command("publish", task, "--strict"), 2, "WOULD_REFUSE");
    assertEnded(command("publish", task), 0, "");
    assertThat(command("rollback", task, "2", "--note", "too strict").out()).contains("version 4");
    assertThat(command("versions", task).out())
        .contains("(equal to version 2) too strict", "published", "first");
    assertEnded(command("archive", task, "--version", "3"), 0, "version 3 of " + task);
    assertEnded(command("archive", task), 0, "is archived");
    assertEnded(command("start", task), 2, "TASK_ARCHIVED");
    assertEnded(command("unarchive", task), 0, "is in use");
    assertEnded(command("start", task), 0, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"python", "node", "bash", "java", "javascript"})
  void aFirstTaskRunsAsItIsWritten(String runtime) throws IOException {
    String target = folder.resolve("First " + runtime).toString();
    Result init = Checkout.run(List.of("init", target, "--runtime", runtime));
    assertThat(init.out()).contains("Run it:", "taskwright run", "taskwright check");

    Result run = command("run", target, "--input", "{\"name\":\"Ada\"}");

    assertEnded(run, 0, "first-" + runtime, "is the log", "COMPLETED");
    assertThat(JSON.readTree(run.out()).get("greeting").stringValue()).isEqualTo("Hello, Ada!");
    String before = Files.readString(Path.of(target, "task.yaml"));
    assertEnded(Checkout.run(List.of("init", target)), 2, "task.yaml is there already");
    assertThat(Files.readString(Path.of(target, "task.yaml"))).isEqualTo(before);
  }

  @Test
  void keysAreMadeAndTakenBack() throws IOException {
    String name = Tasks.name("key");
    Result made = command("keys", "create", name, "--role", "viewer");
    assertEnded(made, 0, "it is not shown again");
    Map<String, String> viewer =
        Map.of(
            "TASKWRIGHT_URL", installation.url().toString(),
            "TASKWRIGHT_API_KEY", made.out().strip());

    assertThat(with(viewer, "get", "tasks").code()).isZero();
    assertEnded(with(viewer, "apply", "-f", python("print(1)\n")), 2, "FORBIDDEN");
    assertThat(command("keys", "list").out()).contains(name).doesNotContain(made.out().strip());
    assertEnded(command("keys", "create", name, "--role", "viewer"), 2, "NAME_TAKEN");
    assertEnded(command("keys", "revoke", name), 0, "is taken back");
    assertEnded(with(viewer, "get", "tasks"), 2, "UNAUTHENTICATED");
    assertEnded(command("keys", "revoke", name), 2, "No live key is called");
  }

  @Test
  void completionIsAScriptThatBashReads() throws Exception {
    Result script = Checkout.run(List.of("completion", "bash"));
    Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
    try (var in = bash.getOutputStream()) {
      in.write(script.out().getBytes(StandardCharsets.UTF_8));
    }

    assertThat(bash.waitFor()).isZero();
    assertThat(script.out()).contains("complete -F", "executions");
  }
}
