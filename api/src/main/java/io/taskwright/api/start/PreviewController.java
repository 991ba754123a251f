package io.taskwright.api.start;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Violations;
import io.taskwright.api.execution.ExecutionJson;
import io.taskwright.api.execution.SignalJson;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.Violation;
import io.taskwright.model.definition.Check;
import io.taskwright.model.definition.Work;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.Method;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Route;
import io.taskwright.rules.Judgement;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.CheckPins;
import io.taskwright.store.catalogue.VersionName;
import io.taskwright.store.execution.History;
import io.taskwright.store.execution.History.Used;
import io.taskwright.store.execution.RouteJson;
import io.taskwright.store.pool.PoolView;
import io.taskwright.store.pool.Pools;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Saying what a start would do. Nothing is started. */
@RestController
final class PreviewController {
  /** What comes as near to a limit as this is named. */
  private static final double NEAR = 0.8;

  private static final int UNPROCESSABLE = 422;

  private final Catalogue catalogue;
  private final Starting starting;
  private final Pools pools;
  private final History history;
  private final LimitPreview limits;
  private final CheckPins pins;
  private final InstantSource clock;

  PreviewController(
      Catalogue catalogue,
      Starting starting,
      Pools pools,
      History history,
      LimitPreview limits,
      CheckPins pins,
      InstantSource clock) {
    this.catalogue = catalogue;
    this.starting = starting;
    this.pools = pools;
    this.history = history;
    this.limits = limits;
    this.pins = pins;
    this.clock = clock;
  }

  @Requires(Permission.START_EXECUTIONS)
  @PostMapping("/tasks/{task}/preview")
  ObjectNode preview(@PathVariable String task, HttpServletRequest request, Caller caller)
      throws IOException {
    StartRequest start = StartRequest.read(request, clock.instant());
    VersionName version =
        catalogue.name(caller.project(), task, start.version()).orElseThrow(Starting::absent);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putObject("task")
        .put("id", version.task().toString())
        .put("name", version.name())
        .put("version", version.number());
    try {
      Starting.Ready ready =
          starting.ready(start, version, caller.project(), Origin.start(caller.actor()));
      Judgement judgement = starting.judge(ready);
      List<Violation> blocked =
          judgement.failure().map(PreviewController::blocked).orElse(List.of());
      answer.put("valid", blocked.isEmpty()).set("errors", Violations.json(blocked));
      if (blocked.isEmpty()) {
        describe(answer, ready, judgement, caller);
      }
    } catch (ProblemException e) {
      if (e.code().status() != UNPROCESSABLE || e.errors().isEmpty()) {
        throw e;
      }
      answer.put("valid", false).set("errors", Violations.json(e.errors()));
    }
    return answer;
  }

  /** The rules that block: such a start is taken, and its execution REJECTED. */
  private static List<Violation> blocked(Failure failure) {
    return Violations.of(Objects.requireNonNull(failure.details()));
  }

  private void describe(
      ObjectNode answer, Starting.Ready ready, Judgement judgement, Caller caller) {
    Work.Automated work =
        switch (ready.definition().work()) {
          case Work.Automated automated -> automated;
        };
    Route route = ready.route();
    answer.set("input", ExecutionJson.tree(ready.execution().input()));
    answer.set("signals", SignalJson.declared(ready.definition().signals()));
    answer.set("checks", checks(ready));
    answer.set("route", RouteJson.of(route));
    ObjectNode bounds =
        answer
            .putObject("limits")
            .put("cpu", work.resources().cpu().toString())
            .put("memory", work.resources().memory().toString())
            .put("maxMemory", work.resources().maxMemory().toString())
            .put("disk", work.resources().disk().toString())
            .put("attempt", work.resources().timeout().toString())
            .put("attempts", ready.definition().retryPolicy().maxRetries() + 1)
            .put("queue", ready.definition().timeouts().queue().toString())
            .put("total", ready.definition().timeouts().total().toString());
    ArrayNode warnings = JsonNodeFactory.instance.arrayNode();
    judgement.warnings().forEach(warning -> warn(warnings, "RULE", warning.message()));
    limits.describe(bounds, warnings, ready.execution());
    if (route.method() == Method.FAAS) {
      warn(warnings, "NOT_CONFIGURED", "nobody provides functions here; it would fail");
    }
    if (route.method() == Method.CONTAINER) {
      Optional<PoolView> pool = pools.find(caller.project(), route.pool());
      answer.set("capacity", capacity(pool));
      warnOfPool(warnings, pool, work, ready);
    } else {
      answer.putNull("capacity");
    }
    Optional<Used> used = history.used(caller.project(), ready.execution().task());
    answer.set("expected", used.map(PreviewController::expected).orElse(null));
    used.ifPresent(seen -> warnOfLimits(warnings, seen, work));
    answer.set("warnings", warnings);
  }

  /** The tasks that would check it. */
  private ArrayNode checks(Starting.Ready ready) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    List<Check> checks = ready.definition().checks();
    if (checks.stream().noneMatch(Check.Task.class::isInstance)) {
      return json;
    }
    pins.of(ready.execution().task(), ready.execution().taskVersion())
        .forEach((position, by) -> {
          ObjectNode one = json.addObject().put("pointer", "/checks/" + position);
          one.putObject("task")
              .put("id", by.task().toString())
              .put("name", by.name())
              .put("version", by.number());
          one.put("within", checks.get(position).within().toString());
        });
    return json;
  }

  private static ObjectNode capacity(Optional<PoolView> pool) {
    int slots = pool.map(PoolView::slots).orElse(0);
    int used = pool.map(PoolView::used).orElse(0);
    return JsonNodeFactory.instance
        .objectNode()
        .put("slots", slots)
        .put("free", Math.max(0, slots - used))
        .put("waiting", pool.map(PoolView::waiting).orElse(0L));
  }

  private static ObjectNode expected(Used used) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("p50", used.half().toString())
        .put("p90", used.most().toString())
        .put("sample", used.sample());
  }

  private static void warnOfPool(
      ArrayNode warnings, Optional<PoolView> found, Work.Automated work, Starting.Ready ready) {
    String name = ready.route().pool();
    String runtime = work.runtime().word();
    if (found.map(PoolView::slots).orElse(0) == 0) {
      warn(
          warnings,
          "NO_EXECUTOR",
          "no live executor serves pool '%s'; it would wait for one for %s, and then fail"
              .formatted(name, ready.definition().timeouts().queue()));
      return;
    }
    PoolView pool = found.get();
    if (!pool.runtimes().contains(runtime)) {
      warn(
          warnings,
          "NO_RUNTIME",
          "no live executor of pool '%s' runs %s; see GET /pools/%s"
              .formatted(name, runtime, name));
    }
    if (pool.used() + pool.waiting() >= pool.slots()) {
      warn(
          warnings,
          "BUSY",
          "%d of %d slots of pool '%s' are taken, and %d executions wait"
              .formatted(pool.used(), pool.slots(), name, pool.waiting()));
    }
  }

  private static void warnOfLimits(ArrayNode warnings, Used used, Work.Automated work) {
    if (used.attempt().toMillis() >= NEAR * work.resources().timeout().toMillis()) {
      warn(
          warnings,
          "NEAR_TIMEOUT",
          "one of ten took more than %s, and %s is the limit"
              .formatted(used.attempt(), work.resources().timeout()));
    }
    if (used.memory().bytes() >= NEAR * work.resources().memory().bytes()) {
      warn(
          warnings,
          "NEAR_MEMORY",
          "one of ten needed more than %s, and %s is the limit"
              .formatted(used.memory(), work.resources().memory()));
    }
  }

  static void warn(ArrayNode warnings, String code, String message) {
    warnings.addObject().put("code", code).put("message", message);
  }
}
