package io.taskwright.model.execution;

import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.Work;

/** Chooses the method and pool of automated work. */
public final class Routing {
  /** The pool that takes sandboxed work unless something else is said. */
  public static final String DEFAULT_POOL = "default";

  /** The pool of work inside core workers. */
  public static final String IN_PROCESS_POOL = "core";

  private Routing() {}

  /** Where the work goes. The same work always goes the same way. */
  public static Route route(Work.Automated work) {
    if (work.security().level() == SecurityLevel.HIGH) {
      return container("security level HIGH needs a sandbox of the operating system");
    }
    if (work.runtime().inProcess()) {
      return new Route(
          Method.IN_PROCESS,
          IN_PROCESS_POOL,
          work.runtime().word() + " runs in WebAssembly inside the worker");
    }
    return container(work.runtime().word() + " needs a sandbox of the operating system");
  }

  private static Route container(String reason) {
    return new Route(Method.CONTAINER, DEFAULT_POOL, reason);
  }
}
