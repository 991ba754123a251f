package io.taskwright.workflows.contract;

import java.time.Duration;

/**
 * What a worker gets to make an attempt with. Code and data are not in it: the worker fetches them
 * with the grant.
 *
 * @param grant a secret that opens attempts of this execution
 * @param timeout wall-clock time of the attempt
 */
public record AttemptOrder(String grant, Duration timeout) {}
