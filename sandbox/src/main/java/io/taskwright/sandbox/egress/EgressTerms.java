package io.taskwright.sandbox.egress;

import io.taskwright.model.ByteSize;
import java.util.List;

/**
 * What the operator lets any run do with the network, at most.
 *
 * @param addresses where the names of destinations may lead
 * @param total bytes in both directions, all connections together
 * @param perSecond bytes in both directions, all connections together; at least {@link
 *     #LEAST_RATE}, because so many are moved at once
 * @param connections at once, 1 to {@value #MOST_CONNECTIONS}
 */
public record EgressTerms(
    Addresses addresses, ByteSize total, ByteSize perSecond, int connections) {
  /** As many as the warden passes on at once. */
  public static final int MOST_CONNECTIONS = 128;

  /** The slowest that can be held. */
  public static final ByteSize LEAST_RATE = new ByteSize(16_384);

  /** What holds unless the operator says otherwise. */
  public static final EgressTerms DEFAULT =
      new EgressTerms(
          new Addresses(List.of()), ByteSize.ofMebibytes(256), ByteSize.ofMebibytes(10), 32);

  public EgressTerms {
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "connections must be from 1 to " + MOST_CONNECTIONS + ", but is " + connections);
    }
    if (perSecond.compareTo(LEAST_RATE) < 0) {
      throw new IllegalArgumentException(
          "the rate must be at least " + LEAST_RATE + ", but is " + perSecond);
    }
  }
}
