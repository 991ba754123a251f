package io.taskwright.model.execution;

import tools.jackson.databind.JsonNode;

/** What a dry run does in the place of its work. None of it has an effect outside. */
public sealed interface DryRun {
  /** Its code runs with no way out and without secrets, and leaves nothing but its output. */
  record Closed() implements DryRun {}

  /** It is noted that its code would run; what would come of that is not known. */
  record Noted() implements DryRun {}

  /** Its work is taken as done, with this output. */
  record Gives(JsonNode output) implements DryRun {}

  /** Its work is taken as failed. */
  record Fails(FailureCode code, String message) implements DryRun {}
}
