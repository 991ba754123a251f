package io.taskwright.sandbox.egress;

import io.taskwright.model.definition.Destination;
import java.util.Set;

/**
 * What one run may do with the network.
 *
 * @param allowed where it may connect to; nothing else is reached
 * @param terms of the operator
 * @param gate holds back what it sends while nobody knows whether it still counts
 */
public record EgressPolicy(Set<Destination> allowed, EgressTerms terms, Gate gate) {
  /** Returns once the run counts. */
  @FunctionalInterface
  public interface Gate {
    void await() throws InterruptedException;
  }

  public EgressPolicy {
    allowed = Set.copyOf(allowed);
  }

  /** For a run that always counts. */
  public EgressPolicy(Set<Destination> allowed, EgressTerms terms) {
    this(allowed, terms, () -> {});
  }
}
