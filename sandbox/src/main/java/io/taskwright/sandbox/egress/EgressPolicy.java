package io.taskwright.sandbox.egress;

import io.taskwright.model.definition.Destination;
import java.util.Set;

/**
 * What one run may do with the network.
 *
 * @param allowed where it may connect to; nothing else is reached
 * @param terms of the operator
 */
public record EgressPolicy(Set<Destination> allowed, EgressTerms terms) {
  public EgressPolicy {
    allowed = Set.copyOf(allowed);
  }
}
