package io.taskwright.api.start;

import io.taskwright.api.setting.ProjectLimitJson;
import io.taskwright.store.execution.LimitLoads;
import io.taskwright.store.execution.LimitLoads.Load;
import io.taskwright.store.execution.NewExecution;
import io.taskwright.store.execution.StartLimits.Pace;
import io.taskwright.store.execution.StartLimits.Place;
import io.taskwright.store.limit.ProjectLimits;
import io.taskwright.store.limit.ProjectLimits.Use;
import java.util.OptionalInt;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Says which limits of its task and its project a start would meet. */
@Component
class LimitPreview {
  private final LimitLoads loads;
  private final ProjectLimits projects;

  LimitPreview(LimitLoads loads, ProjectLimits projects) {
    this.loads = loads;
    this.projects = projects;
  }

  /** Adds them to the limits, and a warning for each that is reached. */
  void describe(ObjectNode limits, ArrayNode warnings, NewExecution execution) {
    Place place = execution.limits().place();
    Pace pace = execution.limits().pace();
    limits.set("concurrency", place == null ? null : concurrency(place, warnings, limits));
    limits.set("rate", pace == null ? null : rate(pace, warnings, limits));
    Use use = projects.use(execution.project());
    limits.set("project", ProjectLimitJson.of(use));
    if (reached(use.limit().quota(), use.unended())) {
      PreviewController.warn(
          warnings,
          "QUOTA_REACHED",
          "the project has %d executions that have not ended; the start would be refused"
              .formatted(use.unended()));
    }
    if (reached(use.limit().inFlight(), use.inFlight())) {
      PreviewController.warn(
          warnings,
          "PROJECT_LIMIT_REACHED",
          "the project has %d executions in flight; it would wait".formatted(use.inFlight()));
    }
  }

  private ObjectNode concurrency(Place place, ArrayNode warnings, ObjectNode limits) {
    Load load = loads.of(place);
    if (load.used() >= place.most()) {
      String then =
          switch (place.onLimit()) {
            case QUEUE -> "it would wait behind " + load.waiting();
            case CANCEL_NEWEST -> "it would be cancelled";
            case CANCEL_OLDEST -> "an older one would be cancelled";
            case REJECT -> "the start would be refused";
          };
      PreviewController.warn(
          warnings,
          "CONCURRENCY_REACHED",
          "%d of %d are under way; %s".formatted(load.used(), place.most(), then));
    }
    return limits
        .objectNode()
        .put("limit", place.most())
        .put("key", place.key())
        .put("onLimit", place.onLimit().word())
        .put("used", load.used())
        .put("waiting", load.waiting());
  }

  private ObjectNode rate(Pace pace, ArrayNode warnings, ObjectNode limits) {
    Load load = loads.of(pace);
    if (load.used() >= pace.most()) {
      PreviewController.warn(
          warnings,
          "RATE_REACHED",
          "%d of %d have begun within %s; %s"
              .formatted(
                  load.used(),
                  pace.most(),
                  pace.per(),
                  pace.refuses()
                      ? "the start would be refused"
                      : "it would wait behind " + load.waiting()));
    }
    return limits
        .objectNode()
        .put("limit", pace.most())
        .put("per", pace.per().toString())
        .put("key", pace.key())
        .put("onLimit", pace.refuses() ? "reject" : "queue")
        .put("used", load.used())
        .put("waiting", load.waiting());
  }

  private static boolean reached(OptionalInt limit, long used) {
    return limit.isPresent() && used >= limit.getAsInt();
  }
}
