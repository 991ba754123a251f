package io.taskwright.model.definition;

import java.util.List;
import java.util.Map;

/** What a task is done by. */
public sealed interface Work {
  /**
   * Code in a sandbox.
   *
   * @param environment variables that the code sees, beside the service's own
   * @param dependencies packages that it uses, no two of the same name
   */
  record Automated(
      TaskRuntime runtime,
      Code code,
      SecurityContext security,
      ResourceRequirements resources,
      Map<String, String> environment,
      List<Dependency> dependencies)
      implements Work {
    /** The most packages that a task may ask for by name; what these need is not counted. */
    public static final int MOST_DEPENDENCIES = 50;

    public Automated {
      environment = Map.copyOf(environment);
      dependencies = List.copyOf(dependencies);
    }

    /** Code that uses nothing but its runtime's own library. */
    public Automated(
        TaskRuntime runtime,
        Code code,
        SecurityContext security,
        ResourceRequirements resources,
        Map<String, String> environment) {
      this(runtime, code, security, resources, environment, List.of());
    }
  }
}
