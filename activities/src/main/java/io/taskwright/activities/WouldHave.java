package io.taskwright.activities;

import io.taskwright.model.definition.Check;
import io.taskwright.model.definition.ConcurrencyLimit;
import io.taskwright.model.definition.Dependency;
import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.RateLimit;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.model.definition.Work;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.Route;
import io.taskwright.model.file.FilePattern;
import io.taskwright.model.file.InputFile;
import io.taskwright.model.secret.SecretName;
import io.taskwright.rules.LimitKey;
import io.taskwright.rules.LimitKey.Taken;
import io.taskwright.rules.TaskContract;
import io.taskwright.store.execution.Admissions.Candidate;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a dry run would have done, step by step, as the outer contract shows it. */
final class WouldHave {
  private static final JsonMapper JSON = JsonMapper.shared();

  private WouldHave() {}

  /** It would have been given a result that is known. */
  static ArrayNode givenKnownResult(Candidate candidate, TaskContract contract) {
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    addLimits(steps, candidate, contract);
    steps.addObject().put("step", "known-result").put("instead", "given");
    return steps;
  }

  /** It would have done the work. */
  static ArrayNode worked(
      Candidate candidate, DryRun dryRun, TaskContract contract, Work.Automated work, Route route) {
    TaskDefinition definition = contract.definition();
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    if (!definition.awaited().isEmpty()) {
      texts(
          steps.addObject().put("step", "signals").put("instead", "noted"),
          "awaited",
          definition.awaited().keySet().stream());
    }
    addLimits(steps, candidate, contract);
    ObjectNode step =
        steps
            .addObject()
            .put("step", "work")
            .put("instead", instead(dryRun))
            .put("method", route.method().name())
            .put("pool", route.pool())
            .put("reason", route.reason())
            .put("runtime", work.runtime().word())
            .put("securityLevel", work.security().level().name());
    step.set("limits", limits(definition, work.resources()));
    texts(step, "dependencies", work.dependencies().stream().map(Dependency::text));
    texts(step, "egress", work.security().egress().stream().map(Destination::toString));
    texts(step, "secrets", work.secrets().values().stream().map(SecretName::value).distinct());
    texts(step, "files", candidate.files().stream().map(InputFile::path));
    texts(step, "artifacts", work.outputFiles().patterns().stream().map(FilePattern::text));
    step.set("retries", retries(definition.retryPolicy()));
    if (!definition.checks().isEmpty()) {
      ObjectNode checks = steps.addObject().put("step", "checks").put("instead", "noted");
      texts(checks, "asks", definition.checks().stream().map(WouldHave::asked));
    }
    if (definition.cache() != null) {
      steps
          .addObject()
          .put("step", "keep-result")
          .put("instead", "noted")
          .put("ttl", definition.cache().ttl().toString());
    }
    return steps;
  }

  /** A real one is held against the limits of its task before anything else. */
  private static void addLimits(ArrayNode steps, Candidate candidate, TaskContract contract) {
    ConcurrencyLimit concurrency = contract.definition().concurrency();
    RateLimit rate = contract.definition().rate();
    if (concurrency == null && rate == null) {
      return;
    }
    JsonNode input = JSON.readTree(candidate.input());
    ObjectNode step = steps.addObject().put("step", "limits").put("instead", "noted");
    if (concurrency != null) {
      step.putObject("concurrency")
          .put("limit", concurrency.limit())
          .put("key", key(contract.concurrencyKey(), input))
          .put("onLimit", concurrency.onLimit().word());
    }
    if (rate != null) {
      step.putObject("rate")
          .put("limit", rate.limit())
          .put("per", rate.per().toString())
          .put("key", key(contract.rateKey(), input))
          .put("onLimit", rate.refuses() ? "reject" : "queue");
    }
  }

  /** What the input has for a key; null where all executions share the limit. */
  private static @Nullable String key(Optional<LimitKey> key, JsonNode input) {
    return switch (key.orElseThrow().take(input)) {
      case Taken.Value(String text, String identity) -> text;
      case Taken.None none -> null; // an input without one is not taken in
    };
  }

  private static String instead(DryRun dryRun) {
    return switch (dryRun) {
      case DryRun.Closed closed -> "closed";
      case DryRun.Noted noted -> "noted";
      case DryRun.Gives gives -> "mocked";
      case DryRun.Fails fails -> "mocked";
    };
  }

  private static String asked(Check check) {
    return switch (check) {
      case Check.Artifact artifact -> "artifact " + artifact.path();
      case Check.Task task -> "task " + task.name();
      case Check.Http http -> http.method() + " " + http.url();
    };
  }

  private static ObjectNode limits(TaskDefinition definition, ResourceRequirements resources) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("cpu", resources.cpu().toString())
        .put("memory", resources.memory().toString())
        .put("maxMemory", resources.maxMemory().toString())
        .put("disk", resources.disk().toString())
        .put("attempt", resources.timeout().toString())
        .put("total", definition.timeouts().total().toString());
  }

  private static ObjectNode retries(RetryPolicy policy) {
    ObjectNode retries = JsonNodeFactory.instance.objectNode().put("most", policy.maxRetries());
    texts(retries, "on", names(policy.retryableErrors()));
    return retries;
  }

  private static Stream<String> names(Collection<? extends Enum<?>> values) {
    return values.stream().map(Enum::name).sorted();
  }

  private static void texts(ObjectNode object, String name, Stream<String> texts) {
    ArrayNode array = object.putArray(name);
    texts.sorted().forEach(array::add);
  }
}
