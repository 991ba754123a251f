package io.taskwright.activities.executor;

import io.taskwright.activities.SaidSink;
import io.taskwright.activities.masking.MaskedSink;
import io.taskwright.activities.masking.Masking;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.protocol.AttemptEnd;
import io.taskwright.model.protocol.AttemptVerdict;
import io.taskwright.model.protocol.ProgressReport;
import io.taskwright.model.protocol.Said;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries what a program says to the service, in numbered reports. What could not be delivered is
 * sent again under its number, so that nothing is lost and nothing counts twice.
 */
final class Reporter {
  private static final int MOST_AT_ONCE = 2_000;

  private final ServiceApi api;
  private final String token;
  private final SaidSink sink;
  private final Masking masking;
  private final MaskedSink masked;
  private final List<Said> waiting = new ArrayList<>();
  private @Nullable ProgressReport undelivered;
  private long number;
  private boolean fencedOff;
  private @Nullable RefusedException refusal;
  private long answered = System.nanoTime();

  /**
   * @param masking what hides the attempt's secrets
   */
  Reporter(ServiceApi api, String token, SaidSink sink, Masking masking) {
    this.api = api;
    this.token = token;
    this.sink = sink;
    this.masking = masking;
    this.masked = masking.before(sink);
  }

  /** What the program speaks to; its secrets get no further. */
  RunSink sink() {
    return masked;
  }

  /** The run has ended so: nothing follows what it said, and its end goes without secrets. */
  RunEnd lastWords(RunEnd end) {
    masked.finish();
    return masking.end(end);
  }

  /** Whether another attempt has taken over: what this one does no longer counts. */
  boolean fencedOff() {
    return fencedOff;
  }

  /** Why the service takes nothing of this attempt, though nobody has taken it over. */
  Optional<RefusedException> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** How many reports were made. */
  long number() {
    return number;
  }

  /** How long the service has not said that the attempt still counts. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - answered);
  }

  /** Sends what there is, if the service answers. */
  void flush() {
    waiting.addAll(sink.drain());
    if (undelivered != null || !waiting.isEmpty()) {
      boolean _ = send();
    }
  }

  /** Asks whether the attempt still counts; false if it does not, or if nobody answers. */
  boolean confirmed() {
    waiting.addAll(sink.drain());
    return send();
  }

  /** Sends what there is, or an empty report; tells whether all of it was taken. */
  private boolean send() {
    try {
      do {
        ProgressReport report = undelivered == null ? next() : undelivered;
        undelivered = report;
        fencedOff = !api.report(token, report);
        undelivered = null;
        answered = System.nanoTime();
      } while (!fencedOff && !waiting.isEmpty());
      return !fencedOff;
    } catch (RefusedException e) {
      refusal = e;
    } catch (IOException e) {
      // the service is away; the next flush sends it again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private ProgressReport next() {
    List<Said> some = waiting.subList(0, Math.min(waiting.size(), MOST_AT_ONCE));
    ProgressReport report = new ProgressReport(++number, some);
    some.clear();
    return report;
  }

  /**
   * Tells how the run ended, with all that was not yet delivered.
   *
   * @param end as {@link #lastWords} gave it
   */
  AttemptVerdict end(RunEnd end, String place) throws IOException, InterruptedException {
    if (refusal != null) {
      return endWithout(end, place);
    }
    while (undelivered != null || waiting.size() + 1 > MOST_AT_ONCE) {
      flushOrFail();
      if (fencedOff) {
        return new AttemptVerdict(false, null);
      }
    }
    waiting.addAll(sink.drain());
    return tell(end, place);
  }

  /** Tells how the run ended, without what the service did not take. */
  AttemptVerdict endWithout(RunEnd end, String place) throws IOException, InterruptedException {
    waiting.clear();
    undelivered = null;
    return tell(end, place);
  }

  private AttemptVerdict tell(RunEnd end, String place) throws IOException, InterruptedException {
    Usage usage = end.usage();
    return api.end(
        token,
        new AttemptEnd(
            number + 1,
            waiting,
            end instanceof RunEnd.Returned(String output, Usage u) ? output : null,
            end instanceof RunEnd.Failed(Failure failure, Usage u) ? failure : null,
            place,
            usage.wall().toMillis(),
            usage.cpu().toMillis(),
            usage.peakMemory().bytes()));
  }

  private void flushOrFail() throws IOException {
    flush();
    if (refusal != null) {
      throw refusal;
    }
    if (undelivered != null) {
      throw new IOException("the service is away");
    }
  }
}
