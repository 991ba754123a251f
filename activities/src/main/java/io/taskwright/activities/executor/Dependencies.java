package io.taskwright.activities.executor;

import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.Usage;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.layer.LayerStore;
import io.taskwright.sandbox.layer.Packages;
import java.io.IOException;

/**
 * Gets the packages of an attempt: by the lock of its task version if there is one, else the lock
 * is found out and kept for all later attempts. What is on this host already needs no network.
 */
public final class Dependencies {
  private final ServiceApi api;
  private final Packages packages;
  private final LayerStore layers;

  public Dependencies(ServiceApi api, Packages packages, LayerStore layers) {
    this.api = api;
    this.packages = packages;
    this.layers = layers;
  }

  /** Waits until they are there; heartbeats and reports meanwhile. */
  Provided provide(
      Assignment assignment, Sandbox sandbox, Reporter reporter, Patience patience, Watch watch) {
    if (assignment.dependencies().isEmpty()) {
      return new Provided.Nothing();
    }
    if (!packages.enabled()) {
      return failed("packages are switched off here: taskwright.executor.dependencies.enabled");
    }
    try {
      String platform =
          packages.platform(
              sandbox,
              assignment.runtime(),
              run -> {
                var _ = watch.over(run);
              });
      return new LayerSearch(api, packages, layers, assignment, platform, reporter, patience, watch)
          .in(sandbox);
    } catch (EnvironmentException | IOException e) {
      return failed("the packages cannot be got: " + e.getMessage());
    }
  }

  private static Provided failed(String message) {
    return new Provided.Ended(
        new RunEnd.Failed(Failure.of(FailureCode.ENVIRONMENT, message), Usage.NONE), null);
  }
}
