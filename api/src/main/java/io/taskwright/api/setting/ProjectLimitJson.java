package io.taskwright.api.setting;

import io.taskwright.store.limit.ProjectLimits.Use;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A project's limits as the outer contract shows them, with what is used of them. */
public final class ProjectLimitJson {
  private ProjectLimitJson() {}

  /** The limits; null where there is none. */
  public static ObjectNode of(Use use) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("inFlight", orNull(use.limit().inFlight()))
            .put("quota", orNull(use.limit().quota()))
            .put("startsPerMinute", orNull(use.limit().startsPerMinute()));
    json.putObject("used").put("inFlight", use.inFlight()).put("quota", use.unended());
    return json;
  }

  private static @Nullable Integer orNull(OptionalInt limit) {
    return limit.isPresent() ? Integer.valueOf(limit.getAsInt()) : null;
  }
}
