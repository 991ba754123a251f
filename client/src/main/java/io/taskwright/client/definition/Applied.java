package io.taskwright.client.definition;

import io.taskwright.client.Task;

/** What bringing a definition to the service came to. */
public sealed interface Applied {
  /** The version that holds the definition now. */
  Task task();

  /** There was no task of that name. */
  record Created(Task task) implements Applied {}

  /** The task has a new version. */
  record Revised(Task task) implements Applied {}

  /** The newest version was the same already. */
  record Unchanged(Task task) implements Applied {}
}
