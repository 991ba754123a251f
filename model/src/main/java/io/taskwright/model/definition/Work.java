package io.taskwright.model.definition;

import java.util.Map;

/** What a task is done by. */
public sealed interface Work {
  /**
   * Code in a sandbox.
   *
   * @param environment variables that the code sees, beside the service's own
   */
  record Automated(
      TaskRuntime runtime,
      Code code,
      SecurityContext security,
      ResourceRequirements resources,
      Map<String, String> environment)
      implements Work {
    public Automated {
      environment = Map.copyOf(environment);
    }
  }
}
