package io.taskwright.activities.executor;

import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptEnd;
import io.taskwright.model.protocol.AttemptVerdict;
import io.taskwright.model.protocol.LockAnswer;
import io.taskwright.model.protocol.LockRequest;
import io.taskwright.model.protocol.OpenAttempt;
import io.taskwright.model.protocol.ProgressReport;
import io.taskwright.model.protocol.WorkerBeat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an executor asks of the service. Every call may be repeated without a second effect. Each
 * throws {@link RefusedException} if it was answered and will never be taken.
 */
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
   * Fetches a file that was given with the start, and that the attempt's assignment names.
   *
   * @param target where its bytes are to be; replaced if it is there
   * @return false if it is not there any more
   * @throws IOException if the service does not answer now
   */
  boolean file(String token, String sha256, Path target) throws IOException, InterruptedException;

  /**
   * Hands in a file that the program left; before the attempt's end.
   *
   * @return why it cannot be kept; empty if it is kept, or if the attempt is over, which its end
   *     will tell
   * @throws IOException if the service does not answer now
   */
  Optional<String> artifact(String token, LeftFile file) throws IOException, InterruptedException;

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

  /**
   * Says that the executor lives, and what it can do.
   *
   * @param id the same as long as it is the same executor, also after a restart
   * @throws IOException if the service does not answer now
   */
  void heard(String id, WorkerBeat beat) throws IOException, InterruptedException;

  /**
   * Says that the executor has ended.
   *
   * @throws IOException if the service does not answer now
   */
  void left(String id) throws IOException, InterruptedException;
}
