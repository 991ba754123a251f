package io.taskwright.model.execution;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.Work;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Chooses the method and pool of automated work. The first rule that fits decides:
 *
 * <ol>
 *   <li>security level HIGH: a sandbox of the operating system
 *   <li>a pool that the definition names: a sandbox there
 *   <li>work with secrets: the same, for only there they go from the service into the program and
 *       nowhere else
 *   <li>work with files, given or left: a sandbox of the operating system
 *   <li>work that may be told signals: the same
 *   <li>lightweight work without packages, where functions are on: a function
 *   <li>simple work, where it is allowed: the worker's own process
 *   <li>else a sandbox of the operating system
 * </ol>
 *
 * @param functions whether lightweight work goes to a provider of functions
 * @param inProcess whether simple work may run inside a worker's process
 * @param lightweight the most that lightweight work asks for
 * @param simple the most that simple work asks for; its runtime is one that runs in WebAssembly
 */
public record Routing(boolean functions, boolean inProcess, Bounds lightweight, Bounds simple) {
  /** What holds unless the operator says otherwise. */
  public static final Routing DEFAULT =
      new Routing(
          false,
          true,
          new Bounds(new Cpu(250), ByteSize.ofMebibytes(256), Duration.ofMinutes(1)),
          new Bounds(
              new Cpu(1000), ByteSize.ofMebibytes(128), ResourceRequirements.IN_PROCESS_TIMEOUT));

  /** The pool that takes sandboxed work unless something else is said. */
  public static final String DEFAULT_POOL = "default";

  /** The pool of work inside core workers. */
  public static final String IN_PROCESS_POOL = "core";

  /** The pool of functions. */
  public static final String FUNCTIONS_POOL = "functions";

  private static final Pattern POOL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** Where the work goes. The same work always goes the same way. */
  public Route route(Work.Automated work) {
    return route(work, false, false);
  }

  /**
   * Where the work goes when it is started so.
   *
   * @param files whether files were given with the start
   * @param signals whether its executions may be told signals
   */
  public Route route(Work.Automated work, boolean files, boolean signals) {
    String runtime = work.runtime().word();
    if (work.security().level() == SecurityLevel.HIGH) {
      return container(work, "security level HIGH needs a sandbox of the operating system");
    }
    if (work.pool().isPresent()) {
      return container(work, "the definition names its pool");
    }
    if (!work.secrets().isEmpty()) {
      return container(work, "secrets are given to a sandbox of the operating system only");
    }
    if (files || !work.outputFiles().none()) {
      return container(work, "files that go in or come out need a sandbox of the operating system");
    }
    if (signals) {
      return container(work, "signals are told in a sandbox of the operating system only");
    }
    if (functions && work.dependencies().isEmpty() && lightweight.hold(work.resources())) {
      return new Route(
          Method.FAAS,
          FUNCTIONS_POOL,
          "lightweight: within " + lightweight + ", and functions are on");
    }
    if (!work.runtime().inProcess()) {
      return container(work, runtime + " needs a sandbox of the operating system");
    }
    if (!inProcess) {
      return container(work, "no code may run inside a worker's process here");
    }
    return simple.hold(work.resources())
        ? new Route(
            Method.IN_PROCESS,
            IN_PROCESS_POOL,
            "simple: " + runtime + " within " + simple + " runs in WebAssembly inside the worker")
        : container(work, "not simple: more than " + simple);
  }

  /** Whether a pool may be called so: like a task, but not like a part of the service. */
  public static boolean isPool(String name) {
    return POOL.matcher(name).matches()
        && !name.equals(IN_PROCESS_POOL)
        && !name.equals(FUNCTIONS_POOL);
  }

  private static Route container(Work.Automated work, String reason) {
    return new Route(Method.CONTAINER, work.pool().orElse(DEFAULT_POOL), reason);
  }
}
