package io.taskwright.sandbox.egress;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How many bytes a run may still move, and how fast. */
final class Allowance {
  private final AtomicLong left;
  private final Bucket pace;
  private final long burst;

  Allowance(EgressTerms terms) {
    this.left = new AtomicLong(terms.total().bytes());
    this.burst = terms.perSecond().bytes();
    this.pace =
        Bucket.builder()
            .addLimit(limit -> limit.capacity(burst).refillGreedy(burst, Duration.ofSeconds(1)))
            .build();
  }

  /** Waits until so many bytes may be moved; false if the run has moved all that it may. */
  boolean take(int bytes) throws InterruptedException {
    if (bytes == 0) {
      return true;
    }
    if (left.addAndGet(-bytes) < 0) {
      return false;
    }
    pace.asBlocking().consume(Math.min(bytes, burst));
    return true;
  }
}
