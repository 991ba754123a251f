package io.taskwright.rules.expression;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns JSON into what expressions see and back. Objects and lists are views: nothing is copied,
 * and every look at a part of them is a step.
 */
final class JsonValues {
  private static final JsonNodeFactory JSON = JsonMapper.shared().getNodeFactory();

  private JsonValues() {}

  /** Whole numbers are ints, as far as 64 bits reach; all others are doubles. */
  static Object of(JsonNode node, Budget budget) {
    return switch (node.getNodeType()) {
      case OBJECT -> new ObjectView(node, budget);
      case ARRAY -> new ListView(node, budget);
      case STRING -> node.stringValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER ->
          node.isIntegralNumber() && node.canConvertToLong()
              ? (Object) node.longValue()
              : (Object) node.doubleValue();
      case NULL, MISSING -> NullValue.NULL_VALUE;
      case BINARY, POJO -> throw new IllegalArgumentException("no JSON: " + node.getNodeType());
    };
  }

  /** What came out of an evaluation, or empty if JSON cannot say it. */
  static Optional<JsonNode> json(Object value, Budget budget) {
    return Optional.ofNullable(jsonOrNull(value, budget));
  }

  private static @Nullable JsonNode jsonOrNull(Object value, Budget budget) {
    budget.step();
    return switch (value) {
      case ObjectView view -> view.node;
      case ListView view -> view.node;
      case String text -> JSON.stringNode(text);
      case Boolean flag -> JSON.booleanNode(flag);
      case Double number -> Double.isFinite(number) ? JSON.numberNode(number) : null;
      case Number number -> JSON.numberNode(number.longValue());
      case NullValue _ -> JSON.nullNode();
      case Instant instant -> JSON.stringNode(instant.toString());
      case Duration duration -> JSON.stringNode(duration.toString());
      case CelByteString bytes -> JSON.binaryNode(bytes.toByteArray());
      case Optional<?> optional ->
          optional.isPresent() ? jsonOrNull(optional.get(), budget) : JSON.nullNode();
      case List<?> list -> array(list, budget);
      case Map<?, ?> map -> object(map, budget);
      default -> null;
    };
  }

  private static @Nullable JsonNode array(List<?> list, Budget budget) {
    ArrayNode array = JSON.arrayNode();
    for (Object item : list) {
      JsonNode node = jsonOrNull(item, budget);
      if (node == null) {
        return null;
      }
      array.add(node);
    }
    return array;
  }

  private static @Nullable JsonNode object(Map<?, ?> map, Budget budget) {
    ObjectNode object = JSON.objectNode();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      JsonNode node = jsonOrNull(entry.getValue(), budget);
      if (node == null || !(entry.getKey() instanceof String key)) {
        return null;
      }
      object.set(key, node);
    }
    return object;
  }

  private static final class ListView extends AbstractList<Object> {
    private final JsonNode node;
    private final Budget budget;

    ListView(JsonNode node, Budget budget) {
      this.node = node;
      this.budget = budget;
    }

    @Override
    public Object get(int index) {
      budget.step();
      JsonNode item = node.get(index);
      if (item == null) {
        throw new IndexOutOfBoundsException(index);
      }
      return of(item, budget);
    }

    @Override
    public int size() {
      return node.size();
    }
  }

  private static final class ObjectView extends AbstractMap<String, Object> {
    private final JsonNode node;
    private final Budget budget;

    ObjectView(JsonNode node, Budget budget) {
      this.node = node;
      this.budget = budget;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
      budget.step();
      JsonNode value = key instanceof String name ? node.get(name) : null;
      return value == null ? null : of(value, budget);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      budget.step();
      return key instanceof String name && node.has(name);
    }

    @Override
    public int size() {
      return node.size();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public int size() {
          return node.size();
        }

        @Override
        public Iterator<Entry<String, Object>> iterator() {
          Iterator<Entry<String, JsonNode>> fields = node.properties().iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return fields.hasNext();
            }

            @Override
            public Entry<String, Object> next() {
              budget.step();
              Entry<String, JsonNode> field = fields.next();
              return Map.entry(field.getKey(), of(field.getValue(), budget));
            }
          };
        }
      };
    }
  }
}
