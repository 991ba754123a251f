package io.taskwright.api.execution;

import io.taskwright.model.definition.Signal;
import io.taskwright.store.execution.Signals.Kept;
import java.util.SortedMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Signals as the outer contract shows them. */
public final class SignalJson {
  private SignalJson() {}

  /** One that came. */
  public static ObjectNode of(Kept signal) {
    ObjectNode json = brief(signal);
    json.set("payload", ExecutionJson.tree(signal.payload()));
    return json;
  }

  /** The same without what came with it. */
  public static ObjectNode brief(Kept signal) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("seq", signal.number())
        .put("name", signal.name())
        .put("at", signal.at().toString())
        .put("by", signal.by());
  }

  /** Those that a definition declares. */
  public static ArrayNode declared(SortedMap<String, Signal> signals) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    signals.forEach((name, signal) ->
        list.addObject()
            .put("name", name)
            .put("description", signal.description())
            .put("awaited", signal.awaited())
            .put("within", signal.within() == null ? null : signal.within().toString()));
    return list;
  }
}
