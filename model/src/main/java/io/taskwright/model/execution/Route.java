package io.taskwright.model.execution;

/**
 * Where an execution's work goes, and why.
 *
 * @param pool the group of workers that does it
 * @param reason one sentence for a person
 */
public record Route(Method method, String pool, String reason) {}
