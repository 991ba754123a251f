package io.taskwright.sandbox.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.pool.WarmSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SandboxesTest {
  private static final Set<BackEnd> ONE_HOST =
      EnumSet.of(BackEnd.BUBBLEWRAP, BackEnd.DOCKER, BackEnd.JAVASCRIPT);

  private final Set<BackEnd> failing = EnumSet.noneOf(BackEnd.class);
  private final Set<BackEnd> absent = EnumSet.noneOf(BackEnd.class);
  private final List<String> closed = new ArrayList<>();
  private boolean withNode;

  @Test
  void prefersTheFastestAtLowAndContainersAbove() {
    Sandboxes all = open(ONE_HOST);
    assertThat(chosen(all, TaskRuntime.PYTHON, SecurityLevel.LOW)).isEqualTo("bubblewrap");
    assertThat(chosen(all, TaskRuntime.PYTHON, SecurityLevel.MEDIUM)).isEqualTo("docker");
    assertThat(chosen(all, TaskRuntime.PYTHON, SecurityLevel.HIGH)).isEqualTo("docker");
    assertThat(chosen(all, TaskRuntime.JAVASCRIPT, SecurityLevel.MEDIUM)).isEqualTo("javascript");
  }

  @Test
  void runsJavascriptByNodeBeforeInTheWorkerAndAtHighOnlySo() {
    withNode = true;
    Sandboxes all = open(ONE_HOST);
    assertThat(chosen(all, TaskRuntime.JAVASCRIPT, SecurityLevel.LOW)).isEqualTo("bubblewrap");
    assertThat(chosen(all, TaskRuntime.JAVASCRIPT, SecurityLevel.HIGH)).isEqualTo("docker");
    absent.add(BackEnd.DOCKER);
    failing.add(BackEnd.BUBBLEWRAP);
    Sandboxes inside = open(ONE_HOST);
    assertThat(chosen(inside, TaskRuntime.JAVASCRIPT, SecurityLevel.LOW)).isEqualTo("javascript");
    assertThat(inside.choose(TaskRuntime.JAVASCRIPT, SecurityLevel.HIGH))
        .isInstanceOf(Choice.None.class);
  }

  @Test
  void takesTheOtherWhereOneIsNotOffered() {
    absent.add(BackEnd.DOCKER);
    Sandboxes without = open(ONE_HOST);
    assertThat(chosen(without, TaskRuntime.BASH, SecurityLevel.HIGH)).isEqualTo("bubblewrap");
    failing.add(BackEnd.BUBBLEWRAP);
    absent.clear();
    assertThat(chosen(open(ONE_HOST), TaskRuntime.BASH, SecurityLevel.LOW)).isEqualTo("docker");
  }

  @Test
  void takesAClusterAfterTheContainersOfTheHost() {
    absent.add(BackEnd.DOCKER);
    Sandboxes all = open(EnumSet.allOf(BackEnd.class));
    assertThat(chosen(all, TaskRuntime.BASH, SecurityLevel.LOW)).isEqualTo("bubblewrap");
    assertThat(chosen(all, TaskRuntime.BASH, SecurityLevel.MEDIUM)).isEqualTo("kubernetes");
    assertThat(chosen(all, TaskRuntime.BASH, SecurityLevel.HIGH)).isEqualTo("kubernetes");
    Sandboxes without =
        Sandboxes.open(
            new SandboxSettings(
                "test",
                Path.of("unused"),
                EnumSet.of(BackEnd.KUBERNETES),
                new ByteSize(1),
                EgressTerms.DEFAULT,
                WarmSettings.NONE));
    assertThat(without.offers().getFirst().reason()).isEqualTo("no cluster is configured");
    assertThat(without.choose(TaskRuntime.BASH, SecurityLevel.LOW)).isInstanceOf(Choice.None.class);
  }

  @Test
  void neverRunsCodeInTheWorkerAtHigh() {
    assertThat(open(ONE_HOST).choose(TaskRuntime.JAVASCRIPT, SecurityLevel.HIGH))
        .isInstanceOfSatisfying(
            Choice.None.class,
            none ->
                assertThat(none.reason())
                    .contains(
                        "javascript", "HIGH", "not for this level", "it runs only bash, python"));
  }

  @Test
  void regressR10RunsNothingAndSaysWhyWhereNoSandboxIsOffered() {
    failing.add(BackEnd.BUBBLEWRAP);
    absent.add(BackEnd.DOCKER);
    Sandboxes none = open(EnumSet.of(BackEnd.BUBBLEWRAP, BackEnd.DOCKER));
    assertThat(none.choose(TaskRuntime.PYTHON, SecurityLevel.LOW))
        .isInstanceOfSatisfying(
            Choice.None.class,
            choice ->
                assertThat(choice.reason())
                    .contains(
                        "bubblewrap: it failed its probe: no network: eth0 is there",
                        "docker: no engine here"));
    assertThat(open(Set.of()).choose(TaskRuntime.PYTHON, SecurityLevel.LOW).toString())
        .contains("no back end is allowed");
  }

  @Test
  void keepsTheReportsOfAllThatWereAllowed() {
    failing.add(BackEnd.BUBBLEWRAP);
    absent.add(BackEnd.DOCKER);
    Sandboxes sandboxes = open(ONE_HOST);
    assertThat(sandboxes.offers().stream().map(Offer::backEnd))
        .containsExactly(BackEnd.BUBBLEWRAP, BackEnd.DOCKER, BackEnd.JAVASCRIPT);
    assertThat(sandboxes.offers().get(0)).isInstanceOf(Offer.Refused.class);
    assertThat(sandboxes.offers().get(1)).isInstanceOf(Offer.Absent.class);
    assertThat(sandboxes.offers().get(2).reason()).isEmpty();
    assertThat(closed).containsExactly("bubblewrap");
    sandboxes.close();
    assertThat(closed).containsExactly("bubblewrap", "javascript");
  }

  @Test
  void readsNamesStrictly() {
    assertThat(BackEnd.of("docker")).contains(BackEnd.DOCKER);
    assertThat(BackEnd.of("Docker")).isEmpty();
    for (String bad : List.of("", "A", "a b", "-a", "a/../b", "x".repeat(40))) {
      assertThatThrownBy(() ->
              new SandboxSettings(
                  bad,
                  Path.of("x"),
                  Set.of(),
                  new ByteSize(1),
                  EgressTerms.DEFAULT,
                  WarmSettings.NONE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Sandboxes open(Set<BackEnd> allowed) {
    SandboxSettings settings =
        new SandboxSettings(
            "test",
            Path.of("unused"),
            allowed,
            new ByteSize(1),
            EgressTerms.DEFAULT,
            WarmSettings.NONE);
    return Sandboxes.open(settings, this::fake);
  }

  private Sandbox fake(BackEnd backEnd) throws EnvironmentException {
    if (absent.contains(backEnd)) {
      throw new EnvironmentException("no engine here");
    }
    return new FakeSandbox(backEnd);
  }

  private static String chosen(Sandboxes sandboxes, TaskRuntime runtime, SecurityLevel level) {
    return switch (sandboxes.choose(runtime, level)) {
      case Choice.Found(Sandbox sandbox) -> sandbox.name();
      case Choice.None(String reason) -> reason;
    };
  }

  private final class FakeSandbox implements Sandbox {
    private final BackEnd backEnd;

    FakeSandbox(BackEnd backEnd) {
      this.backEnd = backEnd;
    }

    @Override
    public String name() {
      return backEnd.word();
    }

    @Override
    public Set<TaskRuntime> runtimes() {
      if (backEnd == BackEnd.JAVASCRIPT) {
        return Set.of(TaskRuntime.JAVASCRIPT);
      }
      return withNode
          ? Set.of(TaskRuntime.NODE, TaskRuntime.JAVASCRIPT)
          : Set.of(TaskRuntime.PYTHON, TaskRuntime.BASH);
    }

    @Override
    public ProbeReport probe() {
      boolean passes = !failing.contains(backEnd);
      return new ProbeReport(
          List.of(
              new ProbeReport.Check("it stands", true, "yes"),
              new ProbeReport.Check("no network", passes, "eth0 is there")));
    }

    @Override
    public Run start(Program program, Limits limits, RunSink sink) {
      throw new UnsupportedOperationException("nothing is run here");
    }

    @Override
    public void close() {
      closed.add(name());
    }
  }
}
