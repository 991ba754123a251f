package io.taskwright.model;

/**
 * One thing that is wrong with a JSON value.
 *
 * @param pointer where, as an RFC 6901 pointer into the value; empty for the whole
 * @param keyword which rule: a JSON Schema keyword, or the code of a rule of our own
 * @param message what is wrong and what would be right, for a person
 */
public record Violation(String pointer, String keyword, String message) {}
