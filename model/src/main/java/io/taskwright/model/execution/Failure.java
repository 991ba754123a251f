package io.taskwright.model.execution;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Why something failed.
 *
 * @param message what happened and what happens next, for a person
 * @param details what a program can use, by code: {@code exitCode} and {@code stackTrace} for
 *     CODE_ERROR, a list of violations for the INVALID codes, {@code resource} for
 *     RESOURCE_EXHAUSTED, {@code timeout} for TIMEOUT, {@code denied} for EGRESS_DENIED, {@code
 *     path} and {@code reason} for ARTIFACT_REJECTED; null where there is nothing to add
 */
public record Failure(FailureCode code, String message, @Nullable JsonNode details) {
  /** A failure that its code and message say all about. */
  public static Failure of(FailureCode code, String message) {
    return new Failure(code, message, null);
  }
}
