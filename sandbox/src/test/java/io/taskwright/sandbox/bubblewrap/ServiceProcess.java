package io.taskwright.sandbox.bubblewrap;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.conformance.Trial;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.pool.WarmSettings;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A service in a process of its own: it probes, starts a program, says so, and waits. */
public final class ServiceProcess {
  private ServiceProcess() {}

  /** Instance and folder. */
  public static void main(String[] arguments) throws Exception {
    BubblewrapSandbox sandbox =
        BubblewrapSandbox.open(
            arguments[0], Path.of(arguments[1]), EgressTerms.DEFAULT, WarmSettings.usual());
    ProbeReport report = sandbox.probe();
    report.checks().stream().filter(check -> !check.passed()).forEach(System.out::println);
    System.out.println(report.passed() ? "probe passed" : "probe failed");
    Trial.Result sum = Trial.of(sandbox, TaskRuntime.PYTHON, "def main(): return 6 * 7").run();
    System.out.println(sum.end());
    Trial.Result disk =
        Trial.of(sandbox, TaskRuntime.BASH, "for i in $(seq 3000); do : >f$i; done; sleep 5").run();
    System.out.println(disk.end());
    Trial.Result denied =
        Trial.of(
                sandbox,
                TaskRuntime.PYTHON,
                "from urllib.request import urlopen\nurlopen('http://x.example/')")
            .egress("y.example:1")
            .run();
    System.out.println(denied.end());
    Trial.Started started =
        Trial.of(
                sandbox,
                TaskRuntime.BASH,
                "trap '' TERM\n(setsid sleep 300 &)\necho ready\nsleep 300")
            .egress("y.example:1")
            .start();
    started.told().awaitReady();
    System.out.println(RunSink.Source.SYSTEM + " ready");
    System.out.flush();
    TimeUnit.MINUTES.sleep(5);
  }
}
