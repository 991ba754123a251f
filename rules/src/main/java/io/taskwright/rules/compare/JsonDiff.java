package io.taskwright.rules.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Finds the places where two JSON values differ. Numbers are the same if their values are. */
public final class JsonDiff {
  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
      };

  private final List<Change> changes = new ArrayList<>();

  private JsonDiff() {}

  /** The places, the deepest ones that say all; in the order of the values. */
  public static List<Change> changes(JsonNode from, JsonNode to) {
    JsonDiff diff = new JsonDiff();
    diff.compare(from, to, "");
    return diff.changes;
  }

  /** Whether two values are the same. */
  public static boolean same(JsonNode one, JsonNode other) {
    return one.equals(BY_VALUE, other);
  }

  private void compare(JsonNode from, JsonNode to, String at) {
    if (same(from, to)) {
      return;
    }
    if (from.isObject() && to.isObject()) {
      objects(from, to, at);
    } else if (from.isArray() && to.isArray()) {
      arrays(from, to, at);
    } else {
      changes.add(new Change(at, Change.Kind.CHANGED, from, to));
    }
  }

  private void objects(JsonNode from, JsonNode to, String at) {
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      JsonNode other = to.get(field.getKey());
      String place = at + "/" + Keywords.escape(field.getKey());
      if (other == null) {
        changes.add(new Change(place, Change.Kind.REMOVED, field.getValue(), null));
      } else {
        compare(field.getValue(), other, place);
      }
    }
    for (Map.Entry<String, JsonNode> field : to.properties()) {
      if (!from.has(field.getKey())) {
        String place = at + "/" + Keywords.escape(field.getKey());
        changes.add(new Change(place, Change.Kind.ADDED, null, field.getValue()));
      }
    }
  }

  /** What is the same at both ends stays out of it, so that one more item is one change. */
  private void arrays(JsonNode from, JsonNode to, String at) {
    int shorter = Math.min(from.size(), to.size());
    int head = 0;
    while (head < shorter && same(from.get(head), to.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && same(from.get(from.size() - 1 - tail), to.get(to.size() - 1 - tail))) {
      tail++;
    }
    int both = shorter - head - tail;
    for (int i = head; i < head + both; i++) {
      compare(from.get(i), to.get(i), at + "/" + i);
    }
    for (int i = head + both; i < from.size() - tail; i++) {
      changes.add(new Change(at + "/" + i, Change.Kind.REMOVED, from.get(i), null));
    }
    for (int i = head + both; i < to.size() - tail; i++) {
      changes.add(new Change(at + "/" + i, Change.Kind.ADDED, null, to.get(i)));
    }
  }
}
