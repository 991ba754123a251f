package io.taskwright.model.definition;

import java.util.Map;
import java.util.Optional;

/** What a task is done by. */
public sealed interface Work {
  /**
   * Code in a sandbox.
   *
   * @param environment variables that the code sees, beside the service's own
   * @param pool the group of workers that its author chose, if he did
   */
  record Automated(
      TaskRuntime runtime,
      Code code,
      SecurityContext security,
      ResourceRequirements resources,
      Map<String, String> environment,
      Optional<String> pool)
      implements Work {
    public Automated {
      environment = Map.copyOf(environment);
    }

    /** Work that goes wherever the rules send it. */
    public Automated(
        TaskRuntime runtime,
        Code code,
        SecurityContext security,
        ResourceRequirements resources,
        Map<String, String> environment) {
      this(runtime, code, security, resources, environment, Optional.empty());
    }
  }
}
