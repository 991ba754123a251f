package io.taskwright.workflows.contract;

/**
 * What an execution's workflow is started with; everything else is in the store.
 *
 * @param execution its id
 */
public record ExecutionStart(String execution) {}
