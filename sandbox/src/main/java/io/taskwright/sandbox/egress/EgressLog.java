package io.taskwright.sandbox.egress;

import io.taskwright.model.definition.Destination;

/** Is told of every connection that a run asks for. May be called from several threads at once. */
public interface EgressLog {
  /**
   * A connection was refused.
   *
   * @param target what the code asked for, as it wrote it, at most 300 characters
   * @param reason for a person
   */
  void denied(String target, String reason);

  /**
   * A connection was allowed, and could not be made.
   *
   * @param reason what follows the destination in a sentence
   */
  void failed(Destination destination, String reason);

  /**
   * A connection has ended.
   *
   * @param address where it went
   * @param sent bytes from the code
   * @param received bytes to the code
   */
  void closed(Destination destination, String address, long sent, long received);
}
