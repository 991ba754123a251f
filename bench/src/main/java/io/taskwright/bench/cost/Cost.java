package io.taskwright.bench.cost;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/** The processor time that each payer has used, up to a moment or between two. */
public final class Cost {
  /** Who uses processor time. */
  public enum Payer {
    /** Temporal's server. */
    TEMPORAL,
    /** PostgreSQL on behalf of Temporal, and its background processes. */
    POSTGRES_TEMPORAL,
    /** PostgreSQL on behalf of Taskwright. */
    POSTGRES_TASKWRIGHT,
    /** Taskwright's server, without its compilers. */
    SERVER,
    /** What the server has started: launchers, bubblewrap, interpreters. */
    SANDBOXES,
    /** This process without its compilers: the clients, and plain Temporal's worker. */
    BENCH,
    /** The just-in-time compilers of both; the warmer they are the less they have to do. */
    COMPILERS,
    /** Whatever else runs on the machine. */
    OTHERS
  }

  private final Map<Payer, Duration> times;

  Cost(Map<Payer, Duration> times) {
    this.times = new EnumMap<>(times);
  }

  /** Nothing. */
  public static Cost none() {
    Map<Payer, Duration> none = new EnumMap<>(Payer.class);
    for (Payer payer : Payer.values()) {
      none.put(payer, Duration.ZERO);
    }
    return new Cost(none);
  }

  /** What one payer has used. */
  public Duration of(Payer payer) {
    return times.getOrDefault(payer, Duration.ZERO);
  }

  /** Both together. */
  public Cost plus(Cost other) {
    return with(other, Duration::plus);
  }

  /** What was used since an earlier moment. */
  public Cost since(Cost earlier) {
    return with(earlier, Duration::minus);
  }

  private Cost with(Cost other, BinaryOperator<Duration> operator) {
    Map<Payer, Duration> result = new EnumMap<>(Payer.class);
    for (Payer payer : Payer.values()) {
      result.put(payer, operator.apply(of(payer), other.of(payer)));
    }
    return new Cost(result);
  }
}
