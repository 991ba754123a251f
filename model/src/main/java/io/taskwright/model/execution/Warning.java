package io.taskwright.model.execution;

/**
 * Something that a stage of validation had to say and that stopped nothing.
 *
 * @param stage the name of the stage
 * @param pointer to what in the definition says so
 */
public record Warning(String stage, String pointer, String message) {}
