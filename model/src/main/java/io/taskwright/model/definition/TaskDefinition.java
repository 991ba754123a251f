package io.taskwright.model.definition;

import io.taskwright.model.execution.DryRun;
import java.util.List;
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
    DryRun dryRun) {
  public TaskDefinition {
    rules = List.copyOf(rules);
    checks = List.copyOf(checks);
  }
}
