package io.taskwright.sandbox.egress;

/**
 * A connection that a run was refused.
 *
 * @param target what the code asked for, as it wrote it; empty if it came not so far
 * @param reason for a person
 */
public record Denied(String target, String reason) {}
