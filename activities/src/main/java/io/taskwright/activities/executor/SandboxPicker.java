package io.taskwright.activities.executor;

import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Sandbox;
import java.util.Optional;

/** Chooses among the back ends that this host offers. */
public interface SandboxPicker {
  /** The back end for such code, if one is offered. */
  Optional<Sandbox> pick(TaskRuntime runtime, SecurityLevel level);

  /** Why what is missing is not offered, for a person. */
  String reasons();
}
