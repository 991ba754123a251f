package io.taskwright.bench.limit;

import io.taskwright.bench.report.Machine;
import io.taskwright.bench.report.ResultFile;
import io.taskwright.testkit.Checkout;
import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code bench limits}: whether keys with a limit take turns, and what that costs. */
@Command(
    name = "limits",
    mixinStandardHelpOptions = true,
    description = "Many executions that wait for limits by key: whether keys take turns.")
public final class Limits implements Callable<Integer> {
  private static final double MOST_RATIO = 1.2;
  private static final int TIGHT_KEYS = 2;
  private static final int TIGHT_LIMIT = 2;
  private static final int TIGHT_SHARE = 20;
  private static final Duration LONGEST = Duration.ofHours(2);

  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--executions",
      paramLabel = "N",
      defaultValue = "10000",
      description = "That wait at first. Default: 10000")
  private int executions;

  @Option(names = "--keys", paramLabel = "N", defaultValue = "100", description = "Default: 100")
  private int keys;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "5",
      description = "Of each key. Default: 5")
  private int limit;

  @Option(
      names = "--lead",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Until the first begins. Default: 5, and 1 for each 40 executions")
  private int lead;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "limits",
      description = "Of the file in bench/results. Default: limits")
  private String name = "limits";

  @Override
  public Integer call() throws IOException, InterruptedException {
    double loadBefore = Machine.load();
    Installation installation = Installation.fresh();
    Runtime.getRuntime().addShutdownHook(new Thread(installation::close, "ending"));
    installation.up();
    Rest rest = installation.rest();
    ObjectNode json = JsonMapper.shared().createObjectNode().put("benchmark", "limits");
    json.set("machine", ResultFile.machine(Machine.here(loadBefore, installation.status())));
    // Many keys share few slots; then few keys have more slots than their limits let them use.
    measure(json.putObject("many"), Queue.of(rest, "many", executions, keys, limit));
    measure(
        json.putObject("tight"),
        Queue.of(rest, "tight", Math.max(1, executions / TIGHT_SHARE), TIGHT_KEYS, TIGHT_LIMIT));
    Path file = Path.of("bench", "results", name + ".json");
    ResultFile.write(Checkout.root().resolve(file), json);
    say("kept in " + file);
    return 0;
  }

  private void measure(ObjectNode json, Queue queue) throws InterruptedException {
    int seconds = lead > 0 ? lead : 5 + queue.executions() / 40;
    Instant due = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds);
    queue.fill(due);
    TimeUnit.MILLISECONDS.sleep(Math.max(0, Duration.between(Instant.now(), due).toMillis()));
    Spent claims = Spent.on(queue.rest(), "taskwright_dispatch_claim");
    Spent passes = Spent.on(queue.rest(), "taskwright_limit_pass");
    queue.drain(LONGEST);
    claims = Spent.on(queue.rest(), "taskwright_dispatch_claim").since(claims);
    passes = Spent.on(queue.rest(), "taskwright_limit_pass").since(passes);
    Fairness fairness = Fairness.of(queue.ran(), due);
    boolean reached = fairness.mostAtOnce() <= queue.limit() && fairness.ratio() <= MOST_RATIO;
    json.put("executions", queue.executions())
        .put("keys", queue.keys())
        .put("limit", queue.limit())
        .put("mostAtOnceOfAnyKey", fairness.mostAtOnce())
        .put("executionsPerSecond", rounded(fairness.perSecond()))
        .put("meanWaitSeconds", rounded(fairness.mean()))
        .put("meanWaitSecondsOfSlowestKey", rounded(fairness.slowest()))
        .put("meanWaitSecondsOfFastestKey", rounded(fairness.fastest()))
        .put("slowestToMean", rounded(fairness.ratio()))
        .put("slowestToMeanAtMost", MOST_RATIO)
        .put("claims", (long) claims.times())
        .put("claimMillis", rounded(claims.meanMillis()))
        .put("passes", (long) passes.times())
        .put("passMillis", rounded(passes.meanMillis()))
        .put("reached", reached);
    say(
        """
        %s: %d executions over %d keys, at most %d at once of each
          most at once of any key  %d
          mean wait                %.1f s over keys; slowest key %.1f s, fastest %.1f s
          slowest to mean          %.2f, goal at most %.1f: %s
          executions               %.1f /s
          a claim                  %.2f ms, of %d; letting through %.2f ms, of %d\
        """
            .formatted(
                queue.task(),
                queue.executions(),
                queue.keys(),
                queue.limit(),
                fairness.mostAtOnce(),
                fairness.mean(),
                fairness.slowest(),
                fairness.fastest(),
                fairness.ratio(),
                MOST_RATIO,
                reached ? "reached" : "NOT reached",
                fairness.perSecond(),
                claims.meanMillis(),
                (long) claims.times(),
                passes.meanMillis(),
                (long) passes.times()));
  }

  private void say(String text) {
    PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
    out.println(text);
    out.flush();
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
