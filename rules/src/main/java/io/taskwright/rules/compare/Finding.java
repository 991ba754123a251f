package io.taskwright.rules.compare;

/**
 * One reason for a verdict.
 *
 * @param pointer the place in the schemas
 * @param keyword the keyword of JSON Schema that is the reason
 * @param verdict UNKNOWN or BREAKING
 * @param message what follows, for a person
 */
public record Finding(String pointer, String keyword, Verdict verdict, String message) {}
