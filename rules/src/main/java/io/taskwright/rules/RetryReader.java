package io.taskwright.rules;

import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.definition.Timeouts;
import io.taskwright.model.execution.FailureCode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads when work is tried again and how long it may take in all. */
final class RetryReader {
  private static final int MAX_RETRIES = 100;
  private static final Duration MAX_INTERVAL = Duration.ofDays(1);
  private static final Set<FailureCode> NEVER_TRIED_AGAIN =
      EnumSet.of(FailureCode.INPUT_INVALID, FailureCode.RULE_BLOCKED, FailureCode.DECLINED);

  private RetryReader() {}

  static RetryPolicy read(Fields definition) {
    Optional<Fields> object = definition.object("retryPolicy");
    if (object.isEmpty()) {
      return RetryPolicy.DEFAULT;
    }
    Fields fields = object.get();
    RetryPolicy otherwise = RetryPolicy.DEFAULT;
    Duration interval =
        duration(fields, "retryInterval", otherwise.retryInterval(), Duration.ZERO, MAX_INTERVAL);
    Duration longest = otherwise.maxInterval();
    RetryPolicy policy =
        new RetryPolicy(
            fields.integer("maxRetries", otherwise.maxRetries(), 0, MAX_RETRIES),
            interval,
            fields.number("backoffMultiplier", otherwise.backoffMultiplier(), 1, 10),
            duration(
                fields,
                "maxInterval",
                interval.compareTo(longest) > 0 ? interval : longest,
                Duration.ZERO,
                MAX_INTERVAL),
            retryable(fields));
    if (policy.maxInterval().compareTo(policy.retryInterval()) < 0) {
      fields.wrong(
          "maxInterval", Codes.LIMIT_OUT_OF_RANGE, "must not be shorter than retryInterval");
    }
    fields.end();
    return policy;
  }

  private static Set<FailureCode> retryable(Fields fields) {
    if (!fields.has("retryableErrors")) {
      return RetryPolicy.DEFAULT.retryableErrors();
    }
    Set<FailureCode> codes = EnumSet.noneOf(FailureCode.class);
    for (String word : fields.texts("retryableErrors", List.of())) {
      Optional<FailureCode> code =
          EnumSet.complementOf(EnumSet.copyOf(NEVER_TRIED_AGAIN)).stream()
              .filter(candidate -> candidate.name().equals(word))
              .findFirst();
      if (code.isPresent()) {
        codes.add(code.get());
      } else {
        fields.wrong(
            "retryableErrors", "enum", "'" + word + "' is no failure that can be tried again");
      }
    }
    return codes;
  }

  static Timeouts timeouts(Fields definition, Caps caps) {
    Optional<Fields> object = definition.object("timeouts");
    if (object.isEmpty()) {
      return Timeouts.DEFAULT;
    }
    Fields fields = object.get();
    Duration total =
        duration(fields, "total", Timeouts.DEFAULT.total(), Duration.ofSeconds(1), caps.total());
    Duration queue = Timeouts.DEFAULT.queue();
    Timeouts timeouts =
        new Timeouts(
            duration(
                fields,
                "queue",
                queue.compareTo(total) > 0 ? total : queue,
                Duration.ofSeconds(1),
                caps.total()),
            total);
    fields.end();
    return timeouts;
  }

  /** A duration within bounds. */
  static Duration duration(
      Fields fields, String name, Duration otherwise, Duration least, Duration most) {
    Duration read =
        fields.parsed(
            name, otherwise, "an ISO 8601 duration such as PT30S or P1D", RetryReader::duration);
    if (read.compareTo(least) < 0 || read.compareTo(most) > 0) {
      fields.wrong(name, Codes.LIMIT_OUT_OF_RANGE, "must be from " + least + " to " + most);
      return otherwise;
    }
    return read;
  }

  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeParseException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
