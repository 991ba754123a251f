package io.taskwright.api.dryrun;

import io.taskwright.api.access.Caller;
import io.taskwright.api.dryrun.CheckReport.TestResult;
import io.taskwright.model.definition.DefinitionTest;
import io.taskwright.store.catalogue.VersionName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.stereotype.Component;

/** Runs the tests of a definition side by side, each as a dry run. */
@Component
public class TestSuite {
  /** How many run at once; a hundred would push aside what others wait for. */
  private static final int AT_ONCE = 8;

  private final TestRuns runs;

  TestSuite(TestRuns runs) {
    this.runs = runs;
  }

  /**
   * Runs the tests.
   *
   * @param version of the task, or what stands for a definition that is not saved
   * @param patience how long all of them may take
   */
  public CheckReport run(
      VersionName version, List<DefinitionTest> tests, Duration patience, Caller caller)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    List<TestResult> results = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      List<Future<TestResult>> futures =
          tests.stream()
              .map(test -> threads.submit(() -> runs.run(version, test, deadline, caller)))
              .toList();
      for (Future<TestResult> future : futures) {
        results.add(result(future, threads));
      }
    }
    return new CheckReport(results);
  }

  /** Its result. What was thrown goes on, and the other tests end. */
  private static TestResult result(Future<TestResult> future, ExecutorService threads)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      threads.shutdownNow();
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException("a test could not be run", e);
    }
  }
}
