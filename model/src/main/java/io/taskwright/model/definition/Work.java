package io.taskwright.model.definition;

import io.taskwright.model.file.OutputFiles;
import io.taskwright.model.secret.SecretName;
import java.util.Map;

/** What a task is done by. */
public sealed interface Work {
  /**
   * Code in a sandbox.
   *
   * @param environment variables that the code sees, beside the service's own
   * @param secrets what the code calls each secret, and the secret's own name
   * @param outputFiles what it leaves and the service keeps
   */
  record Automated(
      TaskRuntime runtime,
      Code code,
      SecurityContext security,
      ResourceRequirements resources,
      Map<String, String> environment,
      Map<String, SecretName> secrets,
      OutputFiles outputFiles)
      implements Work {
    public Automated {
      environment = Map.copyOf(environment);
      secrets = Map.copyOf(secrets);
    }

    /** Code that asks for nothing beside its runtime. */
    public Automated(
        TaskRuntime runtime,
        Code code,
        SecurityContext security,
        ResourceRequirements resources,
        Map<String, String> environment) {
      this(runtime, code, security, resources, environment, Map.of(), OutputFiles.NONE);
    }
  }
}
