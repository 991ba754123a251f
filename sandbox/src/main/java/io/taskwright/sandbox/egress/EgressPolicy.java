package io.taskwright.sandbox.egress;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Destination;
import java.util.Set;

/**
 * What one run may do with the network.
 *
 * @param allowed where it may connect to; nothing else is reached
 * @param addresses where the names of its destinations may lead
 * @param total bytes in both directions, all connections together
 * @param perSecond bytes in both directions, all connections together
 * @param connections at once
 */
public record EgressPolicy(
    Set<Destination> allowed,
    Addresses addresses,
    ByteSize total,
    ByteSize perSecond,
    int connections) {
  public EgressPolicy {
    allowed = Set.copyOf(allowed);
  }
}
