package io.taskwright.model.definition;

import io.taskwright.model.file.OutputFiles;
import io.taskwright.model.secret.SecretName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a task is done by. */
public sealed interface Work {
  /**
   * Code in a sandbox.
   *
   * @param environment variables that the code sees, beside the service's own
   * @param secrets what the code calls each secret, and the secret's own name
   * @param outputFiles what it leaves and the service keeps
   * @param pool the group of workers that its author chose, if he did
   * @param dependencies packages that it uses, no two of the same name
   */
  record Automated(
      TaskRuntime runtime,
      Code code,
      SecurityContext security,
      ResourceRequirements resources,
      Map<String, String> environment,
      Map<String, SecretName> secrets,
      OutputFiles outputFiles,
      Optional<String> pool,
      List<Dependency> dependencies)
      implements Work {
    /** The most packages that a task may ask for by name; what these need is not counted. */
    public static final int MOST_DEPENDENCIES = 50;

    public Automated {
      environment = Map.copyOf(environment);
      secrets = Map.copyOf(secrets);
      dependencies = List.copyOf(dependencies);
    }

    /** The same work with no way out, without secrets, and of whose files none are kept. */
    public Automated closed() {
      return new Automated(
          runtime,
          code,
          new SecurityContext(security.level(), List.of()),
          resources,
          environment,
          Map.of(),
          OutputFiles.NONE,
          pool,
          dependencies);
    }

    /** Code that asks for nothing beside its runtime. */
    public Automated(
        TaskRuntime runtime,
        Code code,
        SecurityContext security,
        ResourceRequirements resources,
        Map<String, String> environment) {
      this(
          runtime,
          code,
          security,
          resources,
          environment,
          Map.of(),
          OutputFiles.NONE,
          Optional.empty(),
          List.of());
    }
  }
}
