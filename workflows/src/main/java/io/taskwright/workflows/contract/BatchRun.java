package io.taskwright.workflows.contract;

/**
 * What a batch's workflow is started with; everything else is in the store.
 *
 * @param batch its id
 */
public record BatchRun(String batch) {}
