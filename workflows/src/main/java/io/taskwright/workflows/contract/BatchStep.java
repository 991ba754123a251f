package io.taskwright.workflows.contract;

import java.time.Duration;

/**
 * What came of a step.
 *
 * @param ended whether nothing is left to do
 * @param pause before the next step
 */
public record BatchStep(boolean ended, Duration pause) {}
