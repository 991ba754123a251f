package io.taskwright.rules;

import io.taskwright.model.definition.ConcurrencyLimit;
import io.taskwright.model.definition.ConcurrencyLimit.OnLimit;
import io.taskwright.model.definition.RateLimit;
import io.taskwright.rules.expression.Expression;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code concurrency} and {@code rate}: how much of a task there may be at once. */
final class LimitReader {
  private LimitReader() {}

  static Optional<ConcurrencyLimit> concurrency(Fields definition) {
    return definition.object("concurrency").map(LimitReader::concurrencyOf);
  }

  private static ConcurrencyLimit concurrencyOf(Fields fields) {
    int limit = limit(fields, ConcurrencyLimit.MOST);
    String key = key(fields);
    String word = onLimit(fields, OnLimit.words());
    fields.end();
    return new ConcurrencyLimit(limit, key, OnLimit.of(word).orElse(OnLimit.QUEUE));
  }

  static Optional<RateLimit> rate(Fields definition) {
    return definition.object("rate").map(LimitReader::rateOf);
  }

  private static RateLimit rateOf(Fields fields) {
    int limit = limit(fields, RateLimit.MOST);
    if (!fields.has("per")) {
      fields.wrong("per", "required", "is required: how long the window is, such as PT1M");
    }
    RateLimit rate =
        new RateLimit(
            limit,
            RetryReader.duration(
                fields, "per", RateLimit.SHORTEST, RateLimit.SHORTEST, RateLimit.LONGEST),
            key(fields),
            onLimit(fields, List.of(OnLimit.QUEUE.word(), OnLimit.REJECT.word()))
                .equals(OnLimit.REJECT.word()));
    fields.end();
    return rate;
  }

  private static int limit(Fields fields, int most) {
    if (!fields.has("limit")) {
      fields.wrong("limit", "required", "is required: how many there may be");
    }
    return fields.integer("limit", 1, 1, most);
  }

  private static @Nullable String key(Fields fields) {
    String key = fields.text("key").orElse(null);
    if (key != null && LimitKey.compile(key) instanceof Expression.Compilation.Flawed flawed) {
      fields.wrong("key", Codes.INVALID_EXPRESSION, flawed.message());
    }
    return key;
  }

  private static String onLimit(Fields fields, List<String> words) {
    String word = fields.text("onLimit").orElse(OnLimit.QUEUE.word());
    if (!words.contains(word)) {
      fields.wrong("onLimit", "enum", "must be one of " + words);
    }
    return word;
  }
}
