package io.taskwright.model.definition;

import io.taskwright.model.execution.DryRun;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One version of a task as its author wrote it, checked and with every default filled in.
 *
 * @param inputSchema JSON Schema 2020-12 of the input, or null if anything goes
 * @param outputSchema JSON Schema 2020-12 of the output, or null if anything goes
 * @param cache how its results are given again, or null if they are not
 * @param rules over input and output, beyond the schemas
 * @param checks of what the work did to the world, made when it is done
 * @param concurrency how many of it may be under way at once, or null if that is not limited
 * @param rate how many of it may begin in a time, or null if that is not limited
 * @param signals what its executions may be told, by name
 * @param dryRun what a dry run does that was given no mock of the work
 */
public record TaskDefinition(
    String name,
    String description,
    @Nullable JsonNode inputSchema,
    @Nullable JsonNode outputSchema,
    Work work,
    RetryPolicy retryPolicy,
    Timeouts timeouts,
    @Nullable ResultCache cache,
    List<Rule> rules,
    List<Check> checks,
    @Nullable ConcurrencyLimit concurrency,
    @Nullable RateLimit rate,
    SortedMap<String, Signal> signals,
    DryRun dryRun) {
  public TaskDefinition {
    rules = List.copyOf(rules);
    checks = List.copyOf(checks);
    signals = Collections.unmodifiableSortedMap(new TreeMap<>(signals));
  }

  /** The signals without which no execution begins, each with how long that may take to come. */
  public SortedMap<String, Duration> awaited() {
    SortedMap<String, Duration> awaited = new TreeMap<>();
    signals.forEach((name, signal) -> {
      if (signal.awaited()) {
        awaited.put(name, Objects.requireNonNullElse(signal.within(), timeouts.queue()));
      }
    });
    return awaited;
  }
}
