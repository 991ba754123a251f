package io.taskwright.sandbox.egress;

import io.taskwright.model.ByteSize;
import java.util.List;

/**
 * What the operator lets any run do with the network, at most.
 *
 * @param addresses where the names of destinations may lead
 * @param total bytes in both directions, all connections together
 * @param perSecond bytes in both directions, all connections together
 * @param connections at once, 1 to {@value #MOST_CONNECTIONS}
 */
public record EgressTerms(
    Addresses addresses, ByteSize total, ByteSize perSecond, int connections) {
  /** As many as the warden passes on at once. */
  public static final int MOST_CONNECTIONS = 128;

  /** What holds unless the operator says otherwise. */
  public static final EgressTerms DEFAULT =
      new EgressTerms(
          new Addresses(List.of()), ByteSize.ofMebibytes(256), ByteSize.ofMebibytes(10), 32);

  public EgressTerms {
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "connections must be from 1 to " + MOST_CONNECTIONS + ", but is " + connections);
    }
    if (total.bytes() < 1 || perSecond.bytes() < 1) {
      throw new IllegalArgumentException("at least one byte must be allowed");
    }
  }
}
