package io.taskwright.sandbox.wasm;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.conformance.Sinks;
import io.taskwright.sandbox.conformance.Trial;
import io.taskwright.sandbox.resource.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WasmSandboxTest {
  private static final HeapBudget BUDGET = new HeapBudget(256L << 20);
  private static final WasmSandbox SANDBOX = new WasmSandbox(BUDGET);

  @Test
  void passesItsProbe() {
    assertThat(SANDBOX.probe().checks()).allMatch(ProbeReport.Check::passed);
    assertThat(SANDBOX.runtimes()).containsExactly(TaskRuntime.WASM);
    assertThat(SANDBOX.name()).isEqualTo("wasm");
  }

  @Test
  void keepsTheContractOfAllPrograms() {
    assertThat(guest("say").variable("MINE", "yours").variable("TASK_ID", "7").run())
        .returned("{\"mine\":\"yours\",\"id\":\"7\"}")
        .said("STDOUT to stdout", "STDERR to stderr", "PROGRESS 0.5");
    assertThat(guest("nothing").run()).returned("null");
  }

  @Test
  void givesFilesThatLieInMemory() {
    assertThat(guest("files").file("data/beside.txt", "beside\n").run()).returned("\"ok\"");
  }

  @Test
  void sharesNoFilesBetweenRuns() {
    byte[] beside = "beside\n".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 2; i++) {
      assertThat(guest("files").file("data/beside.txt", beside).run()).returned("\"ok\"");
      assertThat(beside).asString(StandardCharsets.UTF_8).isEqualTo("beside\n");
    }
  }

  @Test
  void givesClocksAndChance() {
    assertThat(guest("clocks").run()).returned("\"ok\"");
  }

  @Test
  void boundsWhatIsOpen() {
    assertThat(guest("descriptors").run()).returned("\"ok\"");
  }

  @Test
  void tellsHowAProgramFailed() {
    assertThat(guest("exit").run())
        .failed(FailureCode.CODE_ERROR)
        .withDetail("exitCode", "3")
        .withDetail("stackTrace", "this is why");
    assertThat(guest("trap").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("the module trapped", "unreachable")
        .withDetail("stackTrace", "just before");
    assertThat(guest("outside").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("the module trapped", "out of bounds");
    assertThat(guest("zero").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("the module trapped", "divide by zero");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2", "3", "4", "5", "6", "7"})
  void addressesOutsideOfItsMemoryAreTheProgramsMistake(String which) {
    assertThat(module("pointers").input(which).run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("the module trapped", "out of bounds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"loop", "sleep"})
  void endsWhatTakesTooLong(String wish) {
    Trial.Result result = guest(wish).wall(Duration.ofMillis(400)).run();
    assertThat(result).failed(FailureCode.TIMEOUT).withDetail("timeout", "PT0.4S");
  }

  @Test
  void endsWhatTakesTooMuchMemory() {
    assertThat(guest("memory").memory(8).run()).exhausted("memory", "8Mi");
    assertThat(module("greedy").memory(8).run()).exhausted("memory", "8Mi");
    assertThat(guest("small").memory(8).run()).returned("\"small\"");
  }

  @Test
  void endsWhatCallsItselfTooDeeply() {
    assertThat(module("recursion").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("calls itself too deeply");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stdout", "stderr", "progress"})
  void endsWhatSaysTooMuch(String wish) {
    assertThat(guest(wish).log(5000).run()).exhausted("log", "5000");
  }

  @ParameterizedTest
  @CsvSource({
    "nojson, no JSON value",
    "noutf8, UTF-8",
    "folder, no regular file",
  })
  void refusesAnOutputThatIsNone(String wish, String why) {
    assertThat(guest(wish).run()).failed(FailureCode.OUTPUT_INVALID).withMessage(why);
  }

  @Test
  void boundsOutputAndFiles() {
    assertThat(guest("output").output(2000).run()).exhausted("output", "2000");
    assertThat(guest("disk").disk(4).run()).exhausted("disk", "4Mi");
    assertThat(guest("disk").memory(8).run()).exhausted("disk", "32Mi");
    assertThat(guest("inodes").files(50).run()).exhausted("files", "50");
  }

  @Test
  void stopsWhenAsked() {
    for (String wish : List.of("ready", "sleep")) {
      Trial.Started started = guest(wish).start();
      started.told().awaitReady();
      started.run().stop();
      assertThat(started.await()).stopped();
    }
  }

  @Test
  void canBeClosedByItsSink() {
    Sinks.Closing sink = new Sinks.Closing();
    Run run = guest("ready").start(sink);
    sink.closes(run);
    assertThat(run.end().join()).isInstanceOf(RunEnd.Stopped.class);
  }

  @Test
  void endsARunWhoseWordsCannotBeTaken() {
    assertThat(guest("say").start(new Sinks.Broken()).end().join())
        .asString()
        .contains("INTERNAL", "disk full");
  }

  @ParameterizedTest
  @CsvSource({
    "foreign, env.system",
    "library, _start",
    "exceptions, exceptions",
    "shared, not shared",
    "tables, tables",
  })
  void refusesModulesThatItCannotBound(String name, String why) {
    assertThat(module(name).run()).failed(FailureCode.CODE_ERROR).withMessage(why);
  }

  @Test
  void refusesToWaitForAnotherThread() {
    assertThat(module("waiting").wall(Duration.ofSeconds(2)).run().end())
        .isInstanceOf(RunEnd.Failed.class);
  }

  @Test
  void givesEachRunATableOfItsOwn() {
    for (int i = 0; i < 2; i++) {
      assertThat(module("growing").run()).withDetail("exitCode", "5");
    }
  }

  @Test
  void refusesWhatIsNoModule() {
    byte[] whole = bytes("library");
    byte[] component = whole.clone();
    component[4] = 13;
    component[6] = 1;
    assertThat(Trial.of(SANDBOX, TaskRuntime.WASM, "print('hello')").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("no WebAssembly", "wasm32-wasip1");
    assertThat(of(component).run()).failed(FailureCode.CODE_ERROR).withMessage("component");
    for (int length = 9; length < whole.length; length++) {
      assertThat(of(Arrays.copyOf(whole, length)).run()).failed(FailureCode.CODE_ERROR);
    }
    assertThat(guest("say").entry("none.wasm").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("no file none.wasm");
  }

  @Test
  void refusesFunctionsThatAskForTooManyVariables() {
    byte[] many = {0, 'a', 's', 'm', 1, 0, 0, 0, 10, 10, 1, 8, 1, -1, -1, -1, -1, 15, 0x7f, 0x0b};
    assertThat(of(many).run()).failed(FailureCode.CODE_ERROR).withMessage("too many variables");
  }

  @Test
  void refusesTooManyFunctions() {
    byte[] many = {0, 'a', 's', 'm', 1, 0, 0, 0, 10, 3, (byte) 0xa1, (byte) 0x9c, 1};
    assertThat(of(many).run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("20001 functions", "may have 20000");
  }

  @Test
  void survivesBytesThatWereTurnedOver() {
    byte[] whole = bytes("growing");
    for (int i = 8; i < whole.length; i++) {
      byte[] turned = whole.clone();
      turned[i] ^= (byte) (1 << (i % 8));
      Trial.Result result = of(turned).memory(8).wall(Duration.ofMillis(300)).run();
      assertThat(result.end()).as("byte %s", i).asString().doesNotContain("broke", "INTERNAL");
    }
  }

  @Test
  void runsManyAtOnce() {
    List<Trial.Started> started =
        IntStream.range(0, 16).mapToObj(_ -> guest("clocks").memory(8).start()).toList();
    started.forEach(one -> assertThat(one.await()).returned("\"ok\""));
  }

  @Test
  void takesItsMemoryFromTheBudget() {
    HeapBudget small = new HeapBudget(24L << 20);
    try (WasmSandbox sandbox = new WasmSandbox(small)) {
      Trial trial = of(sandbox, bytes("guest")).memory(64).input("\"memory\"");
      assertThat(trial.run()).failed(FailureCode.ENVIRONMENT).withMessage("no memory left");
      assertThat(of(sandbox, bytes("guest")).memory(8).input("\"nothing\"").run()).returned("null");
    }
    try (WasmSandbox sandbox = new WasmSandbox(new HeapBudget(1000))) {
      assertThat(of(sandbox, bytes("guest")).run())
          .failed(FailureCode.ENVIRONMENT)
          .withMessage("no memory left");
    }
  }

  private static Trial guest(String wish) {
    return module("guest").input("\"" + wish + "\"");
  }

  private static Trial module(String name) {
    return of(bytes(name));
  }

  private static Trial of(byte[] module) {
    return of(SANDBOX, module);
  }

  private static Trial of(WasmSandbox sandbox, byte[] module) {
    return Trial.of(sandbox, TaskRuntime.WASM, "")
        .file("guest.wasm", module)
        .entry("guest.wasm")
        .memory(32)
        .wall(Duration.ofSeconds(20));
  }

  private static byte[] bytes(String name) {
    return Resource.bytes(WasmSandboxTest.class, name + ".wasm");
  }
}
