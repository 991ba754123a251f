package io.taskwright.sandbox.guest;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.conformance.Sinks;
import io.taskwright.sandbox.conformance.Told;
import io.taskwright.sandbox.conformance.Trial;
import io.taskwright.sandbox.egress.Denied;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a run goes and ends, whatever the warden and the host say. */
final class GuestRunTest {
  private final Told told = new Told();
  private final RunThreads threads = new RunThreads("test", 0);
  private final FakeEnvironment environment = new FakeEnvironment();
  private Limits limits =
      new Limits(
          new Cpu(100),
          null,
          ByteSize.ofMebibytes(8),
          ByteSize.ofMebibytes(4),
          10,
          5,
          Duration.ofSeconds(5),
          new ByteSize(1000),
          new ByteSize(100));

  @AfterEach
  void endThreads() {
    threads.close();
  }

  @Test
  void handsOnWhatIsSaidAndReturnsTheOutput() {
    environment
        .says(1, "")
        .says(2, "")
        .says(3, "a\nb")
        .says(4, "e\n")
        .says(5, "{\"fraction\":0.5}\n");
    environment.says(6, "{\"x\"").says(6, ":1}\n").ends(FakeEnvironment.WELL, "");
    assertThat(run())
        .returned("{\"x\":1}")
        .said("STDOUT a", "STDOUT b", "STDERR e", "PROGRESS 0.5");
  }

  @Test
  void refusesAnOutputThatIsNoJson() {
    assertThat(runEnding("{nope", 1, 0, 0, 1))
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("{nope");
    assertThat(runEnding("", 1, 0, 0, 1))
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("it is empty");
    assertThat(runEnding("", 1, 0, 0, 3))
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("no regular file");
    assertThat(runEnding("", 1, 0, 0, 2)).exhausted("output", "100");
    assertThat(runEnding("", 1, 0, 0, 0)).returned("null");
    assertThat(runEnding("[".repeat(2000), 1, 0, 0, 1)).failed(FailureCode.OUTPUT_INVALID);
  }

  @Test
  void tellsWhichLimitWasBroken() {
    assertThat(runEnding("1", 2, 9, 2, 1))
        .failed(FailureCode.TIMEOUT)
        .withDetail("timeout", "PT5S");
    assertThat(runEnding("1", 2, 9, 4, 1)).exhausted("memory", "8Mi");
    assertThat(runEnding("1", 2, 9, 8, 1)).exhausted("log", "1000");
    assertThat(runEnding("1", 2, 9, 16, 1)).exhausted("files", "10");
    assertThat(runEnding("1", 1, 0, 128, 1)).exhausted("memory", "8Mi");
    assertThat(runEnding("1", 1, 0, 256, 1)).exhausted("processes", "5");
    assertThat(runEnding("1", 1, 1, 32, 1)).exhausted("disk", "4Mi");
    assertThat(runEnding("1", 1, 1, 64, 1)).exhausted("files", "10");
    assertThat(runEnding("1", 1, 0, 32 | 64, 1)).returned("1");
    assertThat(runEnding("1", 1, 0, 1, 1)).stopped();
  }

  @Test
  void blamesARefusedConnectionForWhatFailsOfItself() {
    assertThat(runRefused(1, 1, 0))
        .failed(FailureCode.EGRESS_DENIED)
        .withMessage("refused a connection to x:1 (it is not named)", "exited with code 1")
        .withDetail("exitCode", "1")
        .withDetail("denied", "\"target\":\"x:1\"", "\"reason\":\"it is not named\"");
    assertThat(runRefused(2, 9, 2))
        .failed(FailureCode.EGRESS_DENIED)
        .withMessage("still running after")
        .withDetail("timeout", "PT5S");
    assertThat(runRefused(2, 9, 4)).exhausted("memory", "8Mi");
    assertThat(runRefused(1, 0, 0)).returned("1");
  }

  /** A run that was refused a connection, and ended so. */
  private Trial.Result runRefused(long kind, long code, long hits) {
    Traces traces =
        new Traces(false, false, new ByteSize(0), Duration.ZERO)
            .withDenied(List.of(new Denied("x:1", "it is not named")));
    return run(
        new FakeEnvironment()
            .says(2, "")
            .says(6, "1")
            .ends(new long[] {kind, code, hits, 1, 0, 0, 0, 0, 0, 0, 0}, "")
            .counted(traces));
  }

  @Test
  void believesTheHostAboutMemoryAndProcesses() {
    Traces killed = new Traces(true, false, ByteSize.ofMebibytes(12), Duration.ofSeconds(1));
    assertThat(
            run(new FakeEnvironment().says(6, "1").ends(FakeEnvironment.WELL, "").counted(killed)))
        .exhausted("memory", "8Mi");
    assertThat(run(new FakeEnvironment().counted(killed))).exhausted("memory", "8Mi");
    Traces refused = new Traces(false, true, new ByteSize(0), Duration.ZERO);
    assertThat(
            run(new FakeEnvironment().says(6, "1").ends(FakeEnvironment.WELL, "").counted(refused)))
        .exhausted("processes", "5");
  }

  @Test
  void tellsWhatTheProgramDidWrong() {
    environment.says(4, "some\nwords\n");
    assertThat(runEnding("", 1, 3, 0, 0))
        .failed(FailureCode.CODE_ERROR)
        .withDetail("exitCode", "3")
        .withDetail("stackTrace", "some\nwords");
    assertThat(run(new FakeEnvironment().ends(ending(2, 11, 0, 0), "")))
        .withDetail("signal", "SIGSEGV");
    assertThat(run(new FakeEnvironment().ends(ending(2, 40, 0, 0), "")))
        .withDetail("signal", "signal 40");
    assertThat(run(reporting("{\"kind\":\"code\",\"message\":\"E: x\",\"stackTrace\":\"at y\"}")))
        .failed(FailureCode.CODE_ERROR)
        .withMessage("E: x")
        .withDetail("stackTrace", "at y");
    assertThat(run(reporting("{\"kind\":\"output\",\"message\":\"no set\"}")))
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("no set");
    assertThat(run(reporting("{\"kind\":\"memory\",\"message\":\"heap\"}")))
        .exhausted("memory", "8Mi");
    assertThat(run(reporting("{\"kind\":\"TIMEOUT\"}")))
        .failed(FailureCode.CODE_ERROR)
        .withDetail("exitCode", "1");
    assertThat(run(reporting("garbage"))).failed(FailureCode.CODE_ERROR);
    assertThat(
            run(
                reporting(
                    "{\"kind\":\"code\",\"message\":\"OSError: [Errno 28] No space left on"
                        + " device\"}")))
        .exhausted("disk", "4Mi");
    assertThat(
            run(
                new FakeEnvironment()
                    .says(4, "FATAL: JavaScript heap out of memory")
                    .ends(ending(2, 6, 0, 0), "")))
        .exhausted("memory", "8Mi");
  }

  @Test
  void keepsBothEndsOfALongTrace() {
    String trace = "start" + "x".repeat(60_000) + "end";
    assertThat(
            run(
                reporting(
                    "{\"kind\":\"code\",\"message\":\"m\",\"stackTrace\":\"" + trace + "\"}")))
        .withDetail("stackTrace", "start", "…", "end");
    FakeEnvironment chatty = new FakeEnvironment();
    for (int i = 0; i < 10; i++) {
      chatty.says(4, "line " + i + "x".repeat(3000) + "\n");
    }
    assertThat(run(chatty.ends(ending(1, 1, 0, 0), "")))
        .withDetail("stackTrace", "line 9")
        .withoutInDetail("stackTrace", "line 0");
  }

  @Test
  void tellsWhyAProgramDidNotStart() {
    assertThat(
            run(new FakeEnvironment().ends(ending(0, 28, 0, 0), "work/x: No space left on device")))
        .exhausted("disk", "4Mi");
    assertThat(run(new FakeEnvironment().ends(ending(0, 2, 0, 0), "/bin/no: No such file")))
        .failed(FailureCode.CODE_ERROR)
        .withMessage("/bin/no: No such file");
    assertThat(run(new FakeEnvironment().ends(ending(0, 11, 0, 0), "cannot make a process")))
        .failed(FailureCode.ENVIRONMENT)
        .withMessage("cannot make a process");
  }

  @Test
  void tellsWhyThereWasNoEnvironment() {
    assertThat(run(new FakeEnvironment().saysText("bwrap: no user namespaces\n").deaf()))
        .failed(FailureCode.ENVIRONMENT)
        .withMessage("did not start", "bwrap: no user namespaces");
    assertThat(run(new FakeEnvironment().deaf()))
        .failed(FailureCode.ENVIRONMENT)
        .withMessage("took no program");
    assertThat(run(new FakeEnvironment().says(2, "")))
        .failed(FailureCode.ENVIRONMENT)
        .withMessage("gone before the program ended", "nothing was said");
    assertThat(run(new FakeEnvironment().says(2, "").says(77, "x")))
        .failed(FailureCode.ENVIRONMENT);
    GuestRun run =
        start(
            () -> {
              throw new EnvironmentException("no bubblewrap here");
            },
            told);
    assertThat(new Trial.Started(run, told).await())
        .failed(FailureCode.ENVIRONMENT)
        .withMessage("no bubblewrap here");
  }

  @Test
  void tellsABrokenRunFromAFailedOne() {
    GuestRun run =
        start(
            () -> {
              throw new IllegalStateException("bug");
            },
            told);
    assertThat(new Trial.Started(run, told).await())
        .failed(FailureCode.INTERNAL)
        .withMessage("bug");
  }

  @Test
  void endsTheRunWhenNobodyTakesWhatItSays() {
    environment.says(2, "").says(3, "line\n").hangs();
    GuestRun run = start(() -> environment, new Sinks.Broken());
    assertThat(new Trial.Started(run, told).await())
        .failed(FailureCode.INTERNAL)
        .withMessage("disk full");
    assertThat(environment.killed.getCount()).isZero();
  }

  @Test
  void asksTheWardenToStopWhenTheProgramRuns() {
    environment.says(2, "").says(3, "ready\n").hangs();
    GuestRun run = start(() -> environment, told);
    told.awaitReady();
    run.stop();
    assertThat(environment.heard.toByteArray()).endsWith(6, 0, 0, 0, 0);
    run.close();
    assertThat(new Trial.Started(run, told).await()).stopped();
  }

  @Test
  void killsWhatDoesNotRunYet() {
    CountDownLatch opening = new CountDownLatch(1);
    GuestRun run =
        start(
            () -> {
              awaitQuietly(opening);
              return environment.hangs();
            },
            told);
    run.stop();
    opening.countDown();
    assertThat(new Trial.Started(run, told).await()).stopped();
  }

  @Test
  void endsWhatTheWardenDoesNot() {
    limits =
        new Limits(
            limits.cpu(),
            null,
            limits.memory(),
            limits.disk(),
            1,
            1,
            Duration.ofSeconds(-30),
            limits.log(),
            limits.output());
    assertThat(run(new FakeEnvironment().says(2, "").hangs())).failed(FailureCode.TIMEOUT);
    assertThat(run(new FakeEnvironment().hangs()))
        .failed(FailureCode.ENVIRONMENT)
        .withMessage("took too long");
  }

  @Test
  void canBeClosedByItsOwnSink() {
    environment.says(2, "").says(3, "ready\n").hangs();
    Sinks.Closing sink = new Sinks.Closing();
    GuestRun run = start(() -> environment, sink);
    sink.closes(run);
    assertThat(new Trial.Started(run, told).await()).stopped();
  }

  @Test
  void saysTheMostThatAnybodyCounted() {
    environment.ends(new long[] {1, 0, 0, 0, 0, 2_000_000, 5, 3, 1, 1, 9}, "");
    environment.counted(new Traces(false, false, new ByteSize(7), Duration.ofSeconds(1)));
    Trial.Result result = run();
    assertThat(result.end().usage().cpu()).isEqualTo(Duration.ofSeconds(2));
    assertThat(result.end().usage().peakMemory()).isEqualTo(new ByteSize(9));
    Trial.Result silent =
        run(
            new FakeEnvironment()
                .counted(new Traces(false, false, new ByteSize(7), Duration.ofSeconds(1))));
    assertThat(silent.end().usage().cpu()).isEqualTo(Duration.ofSeconds(1));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FakeEnvironment reporting(String report) {
    return new FakeEnvironment().says(7, report).ends(ending(1, 1, 0, 0), "");
  }

  private static long[] ending(long kind, long code, long hits, long output) {
    return new long[] {kind, code, hits, output, 0, 0, 0, 0, 0, 0, 0};
  }

  private Trial.Result runEnding(String output, long kind, long code, long hits, long outputKind) {
    FakeEnvironment one = new FakeEnvironment().says(4, "some\nwords\n").says(6, output);
    return run(one.ends(ending(kind, code, hits, outputKind), ""));
  }

  private Trial.Result run() {
    return run(environment);
  }

  private Trial.Result run(FakeEnvironment one) {
    return new Trial.Started(start(() -> one, told), told).await();
  }

  private GuestRun start(GuestRun.Opener opener, RunSink sink) {
    Launch launch = new Launch(List.of("/bin/true"), Map.of("A", "b"), List.of(), List.of());
    return GuestRun.start("fake", opener, launch, limits, sink, threads);
  }
}
