package io.taskwright.activities.executor;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.Usage;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** A sandbox whose programs are functions of the test. */
final class FakeSandbox implements Sandbox {
  final List<Program> programs = new CopyOnWriteArrayList<>();
  final List<Limits> limits = new CopyOnWriteArrayList<>();
  final List<String> stopped = new CopyOnWriteArrayList<>();
  private final BiFunction<Program, RunSink, CompletableFuture<RunEnd>> behaviour;

  FakeSandbox(BiFunction<Program, RunSink, CompletableFuture<RunEnd>> behaviour) {
    this.behaviour = behaviour;
  }

  static CompletableFuture<RunEnd> returned(String output) {
    return CompletableFuture.completedFuture(new RunEnd.Returned(output, Usage.NONE));
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Set<TaskRuntime> runtimes() {
    return EnumSet.allOf(TaskRuntime.class);
  }

  @Override
  public ProbeReport probe() {
    return new ProbeReport(List.of(new ProbeReport.Check("is fake", true, "")));
  }

  @Override
  public Run start(Program program, Limits limits, RunSink sink) {
    programs.add(program);
    this.limits.add(limits);
    CompletableFuture<RunEnd> end = behaviour.apply(program, sink);
    return new Run() {
      @Override
      public String environment() {
        return "env-" + program.name();
      }

      @Override
      public CompletableFuture<RunEnd> end() {
        return end;
      }

      @Override
      public void stop() {
        stopped.add("stop");
        end.complete(new RunEnd.Stopped(Usage.NONE));
      }

      @Override
      public void close() {
        if (end.complete(new RunEnd.Stopped(Usage.NONE))) {
          stopped.add("close");
        }
      }
    };
  }

  @Override
  public void close() {}
}
