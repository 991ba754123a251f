package io.taskwright.activities.executor;

import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptEnd;
import io.taskwright.model.protocol.AttemptVerdict;
import io.taskwright.model.protocol.LockAnswer;
import io.taskwright.model.protocol.LockRequest;
import io.taskwright.model.protocol.OpenAttempt;
import io.taskwright.model.protocol.ProgressReport;
import java.io.IOException;

/** What an executor asks of the service. Every call may be repeated without a second effect. */
public interface ServiceApi {
  /**
   * Asks for the next attempt.
   *
   * @throws IOException if the service does not answer now; worth another try
   */
  AttemptAnswer open(OpenAttempt request) throws IOException, InterruptedException;

  /**
   * The bytes of a bundle that the attempt's assignment names.
   *
   * @throws IOException if the service does not answer now
   */
  byte[] bundle(String token, String digest) throws IOException, InterruptedException;

  /**
   * Reports what the program said.
   *
   * @return whether the attempt is still open; if not, it must be killed
   * @throws IOException if the service does not answer now
   */
  boolean report(String token, ProgressReport report) throws IOException, InterruptedException;

  /**
   * Asks what the packages of the attempt's task version are, or says what was found.
   *
   * @throws IOException if the service does not answer now
   */
  LockAnswer lock(String token, LockRequest request) throws IOException, InterruptedException;

  /**
   * Ends the attempt.
   *
   * @throws IOException if the service does not answer now
   */
  AttemptVerdict end(String token, AttemptEnd end) throws IOException, InterruptedException;
}
