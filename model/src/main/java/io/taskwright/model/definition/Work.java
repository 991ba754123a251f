package io.taskwright.model.definition;

import io.taskwright.model.file.OutputFiles;
import java.util.Map;

/** What a task is done by. */
public sealed interface Work {
  /**
   * Code in a sandbox.
   *
   * @param environment variables that the code sees, beside the service's own
   * @param outputFiles what it leaves and the service keeps
   */
  record Automated(
      TaskRuntime runtime,
      Code code,
      SecurityContext security,
      ResourceRequirements resources,
      Map<String, String> environment,
      OutputFiles outputFiles)
      implements Work {
    public Automated {
      environment = Map.copyOf(environment);
    }

    /** Code that leaves no files. */
    public Automated(
        TaskRuntime runtime,
        Code code,
        SecurityContext security,
        ResourceRequirements resources,
        Map<String, String> environment) {
      this(runtime, code, security, resources, environment, OutputFiles.NONE);
    }
  }
}
