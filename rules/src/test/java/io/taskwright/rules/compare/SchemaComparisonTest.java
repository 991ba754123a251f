package io.taskwright.rules.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.rules.shape.JsonShapes;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SchemaComparisonTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  /** Before, after, and what becomes of inputs and of outputs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      maxCharsPerColumn = 1000,
      value = {
        "{'type':'string'} | {'type':'string','title':'x'} | SAME | SAME",
        "true | {} | COMPATIBLE | COMPATIBLE",
        "{'type':'string'} | {'type':['string','null']} | COMPATIBLE | BREAKING",
        "{'type':'integer'} | {'type':'number'} | COMPATIBLE | BREAKING",
        "{'type':'number','multipleOf':2} | {'type':'integer'} | COMPATIBLE | BREAKING",
        "{'type':'string'} | {'type':'integer'} | BREAKING | BREAKING",
        "{} | {'type':'object'} | BREAKING | COMPATIBLE",
        "{'enum':['a','b']} | {'enum':['a']} | BREAKING | COMPATIBLE",
        "{'enum':['a','b']} | {'type':'string'} | COMPATIBLE | BREAKING",
        "{'enum':['a']} | {'const':'a'} | COMPATIBLE | COMPATIBLE",
        "{'type':'boolean'} | {'enum':[true,false]} | COMPATIBLE | COMPATIBLE",
        "{'type':'boolean'} | {'enum':[true]} | BREAKING | COMPATIBLE",
        "{'type':'integer','minimum':1,'maximum':2} | {'enum':[1,2]} | UNKNOWN | COMPATIBLE",
        "{'minimum':1} | {'minimum':2} | BREAKING | COMPATIBLE",
        "{'minimum':1} | {'exclusiveMinimum':1} | BREAKING | COMPATIBLE",
        "{'type':'integer','minimum':1} | {'type':'integer','exclusiveMinimum':0} | COMPATIBLE |"
            + " COMPATIBLE",
        "{'type':'integer','maximum':1.5} | {'type':'integer','maximum':1} | COMPATIBLE |"
            + " COMPATIBLE",
        "{'maximum':1} | {} | COMPATIBLE | BREAKING",
        "{'type':'integer'} | {'type':'integer','multipleOf':0.5} | COMPATIBLE | COMPATIBLE",
        "{'type':'integer','multipleOf':4} | {'type':'integer','multipleOf':2} | COMPATIBLE |"
            + " BREAKING",
        "{'type':'integer','multipleOf':4,'maximum':4} |"
            + " {'type':'integer','multipleOf':3,'maximum':4} | UNKNOWN | UNKNOWN",
        "{'type':'string','maxLength':5} | {'type':'string','maxLength':4} | BREAKING | COMPATIBLE",
        "{'type':'string'} | {'type':'string','minLength':0} | COMPATIBLE | COMPATIBLE",
        "{'type':'string','pattern':'^a+$'} | {'type':'string','minLength':1} | UNKNOWN | BREAKING",
        "{'type':'string'} | {'type':'string','pattern':'^[0-9]+$'} | BREAKING | COMPATIBLE",
        "{'type':'string'} | {'type':'string','pattern':'^.*$'} | UNKNOWN | COMPATIBLE",
        "{'type':'string','format':'date'} | {'type':'string','format':'date-time'} | BREAKING |"
            + " BREAKING",
        "{'type':'array'} | {'type':'array','maxItems':3} | BREAKING | COMPATIBLE",
        "{'type':'array'} | {'type':'array','uniqueItems':true} | BREAKING | COMPATIBLE",
        "{'type':'array','items':{'type':'string'}} |"
            + " {'type':'array','items':{'type':'string','maxLength':3}} | BREAKING | COMPATIBLE",
        "{'type':'array','prefixItems':[{'type':'string'}]} | {'type':'array'} | COMPATIBLE |"
            + " BREAKING",
        "{'type':'array','maxItems':0} | {'type':'array','items':false} | COMPATIBLE | UNKNOWN",
        "{'required':['a']} | {'required':['a','b']} | BREAKING | COMPATIBLE",
        "{'required':['a','b']} | {'required':['a']} | COMPATIBLE | BREAKING",
        "{'type':'object'} | {'type':'object','required':['a'],'properties':{'a':{'default':1}}} |"
            + " COMPATIBLE | COMPATIBLE",
        "{'type':'object'} |"
            + " {'type':'object','required':['a'],'properties':{'a':{'default':1,'type':'string'}}}"
            + " | BREAKING | COMPATIBLE",
        "{'required':['a'],'properties':{'a':{'default':1}}} |"
            + " {'required':['a'],'properties':{'a':{}}} | BREAKING | SAME",
        "{'properties':{'a':{'type':'string'}}} |"
            + " {'properties':{'a':{'type':'string'},'b':{'type':'string'}}} | UNKNOWN |"
            + " COMPATIBLE",
        "{'properties':{'a':{}},'additionalProperties':false} |"
            + " {'properties':{'a':{},'b':{'type':'string'}},'additionalProperties':false} |"
            + " COMPATIBLE | BREAKING",
        "{'properties':{'a':{'type':'string'}}} | {} | COMPATIBLE | BREAKING",
        "{'properties':{'a':{}}} | {'properties':{'a':{}},'additionalProperties':false} | BREAKING"
            + " | COMPATIBLE",
        "{'properties':{'a':{'properties':{'b':{'type':'string'}}}}} |"
            + " {'properties':{'a':{'properties':{'b':{'type':'null'}}}}} | BREAKING | BREAKING",
        "{'properties':{'title':{'type':'string'}}} | {'properties':{'title':{'type':'null'}}} |"
            + " BREAKING | BREAKING",
        "{'patternProperties':{'^a':{'type':'string'}}} |"
            + " {'patternProperties':{'^b':{'type':'string'}}} | UNKNOWN | UNKNOWN",
        "{'anyOf':[{'type':'string'}]} | {'anyOf':[{'type':'string'},{'type':'null'}]} | COMPATIBLE"
            + " | UNKNOWN",
        "{'oneOf':[{'type':'string'}]} | {'oneOf':[{'type':'string'},{'type':'null'}]} | UNKNOWN |"
            + " UNKNOWN",
        "{'allOf':[{'type':'string'},{'maxLength':3}]} | {'allOf':[{'type':'string'}]} | COMPATIBLE"
            + " | UNKNOWN",
        "{'not':{'type':'string'}} | {'not':{'type':'string'},'type':'null'} | UNKNOWN |"
            + " COMPATIBLE",
        "{'if':{'type':'string'},'then':{'minLength':1}} |"
            + " {'if':{'type':'string'},'then':{'minLength':2}} | UNKNOWN | UNKNOWN",
        "{'unevaluatedProperties':false} | {'unevaluatedProperties':false,'properties':{'a':{}}} |"
            + " UNKNOWN | UNKNOWN",
        "{'dependentRequired':{'a':['b']}} | {} | COMPATIBLE | UNKNOWN",
        "{'$ref':'#/$defs/a','$defs':{'a':{'type':'string'}}} | {'type':'string'} | COMPATIBLE |"
            + " COMPATIBLE",
        "{'$ref':'#/$defs/a','$defs':{'a':{'type':'string'}}} |"
            + " {'$ref':'#/$defs/a','$defs':{'a':{'type':'null'}}} | BREAKING | BREAKING",
        "{'properties':{'n':{'$ref':'#'},'v':{'type':'string'}}} |"
            + " {'properties':{'n':{'$ref':'#'},'v':{}}} | COMPATIBLE | BREAKING",
        "{'$anchor':'x','type':'string'} | {'type':'string'} | UNKNOWN | UNKNOWN",
        "{'type':'string'} | {'type':5} | UNKNOWN | UNKNOWN",
        "{'type':'string'} | 7 | UNKNOWN | UNKNOWN",
        "{'type':'string'} | false | BREAKING | COMPATIBLE",
        "{'properties':{'a':{}},'not':{'required':['a']}} |"
            + " {'properties':{'a':{'default':1}},'not':{'required':['a']}} | UNKNOWN | SAME",
      })
  void decidesWhatItCanAndSaysWhatItCannot(
      String before, String after, Verdict inputs, Verdict outputs) {
    Comparison ofInputs = SchemaComparison.ofInputs(json(before), json(after));
    assertThat(ofInputs.verdict()).as("inputs: " + ofInputs.findings()).isEqualTo(inputs);
    Comparison ofOutputs = SchemaComparison.ofOutputs(json(before), json(after));
    assertThat(ofOutputs.verdict()).as("outputs: " + ofOutputs.findings()).isEqualTo(outputs);
  }

  @Test
  void namesThePlaceAndWhatFollows() {
    Comparison comparison =
        SchemaComparison.ofInputs(
            json("{'type':'object','properties':{'a/b':{'type':'integer','maximum':9}}}"),
            json(
                "{'type':'object','required':['c'],'properties':{'a/b':{'type':'integer','maximum':5}}}"));
    assertThat(comparison.findings())
        .containsExactly(
            new Finding(
                "/required",
                "required",
                Verdict.BREAKING,
                "'c' is required now, and has no default"),
            new Finding("/properties/a~1b/maximum", "maximum", Verdict.BREAKING, "was 9, is 5"));
  }

  @Test
  void takesNoSchemaForOneThatLetsEverythingThrough() {
    assertThat(SchemaComparison.ofInputs(null, null).verdict()).isEqualTo(Verdict.SAME);
    assertThat(SchemaComparison.ofInputs(null, json("{'type':'object'}")).verdict())
        .isEqualTo(Verdict.BREAKING);
    assertThat(SchemaComparison.ofOutputs(null, json("{'type':'object'}")).verdict())
        .isEqualTo(Verdict.COMPATIBLE);
  }

  /** Whatever is called compatible must let every value through that was let through before. */
  @RepeatedTest(40)
  void isNeverWrongAboutWhatItCallsCompatible(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<JsonNode> values = Stream.generate(() -> value(random, 2)).limit(60).toList();
    for (int i = 0; i < 60; i++) {
      JsonNode before = schema(random, 3);
      JsonNode after = random.nextBoolean() ? schema(random, 3) : mutated(before, random);
      Verdict verdict = SchemaComparison.ofInputs(before, after).verdict();
      if (verdict != Verdict.COMPATIBLE && verdict != Verdict.SAME) {
        continue;
      }
      for (JsonNode value : values) {
        boolean was = JsonShapes.ready(before).violations(value).isEmpty();
        boolean is = JsonShapes.ready(after).violations(value).isEmpty();
        assertThat(is || !was).as("%s | %s | %s", before, after, value).isTrue();
      }
    }
  }

  private static JsonNode mutated(JsonNode schema, Random random) {
    if (!schema.isObject() || schema.isEmpty()) {
      return schema(random, 2);
    }
    ObjectNode copy = (ObjectNode) schema.deepCopy();
    List<String> keys = List.copyOf(copy.propertyNames());
    String key = keys.get(random.nextInt(keys.size()));
    if (random.nextInt(3) == 0) {
      copy.remove(key);
    } else if (copy.get(key).isObject() && key.equals("properties")) {
      ((ObjectNode) copy.get(key)).set("a", schema(random, 1));
    } else {
      copy.setAll((ObjectNode) object(random, 1));
    }
    return copy;
  }

  private static JsonNode schema(Random random, int depth) {
    return switch (random.nextInt(12)) {
      case 0 -> NODES.booleanNode(random.nextInt(4) > 0);
      default -> object(random, depth);
    };
  }

  private static JsonNode object(Random random, int depth) {
    ObjectNode schema = NODES.objectNode();
    int keywords = 1 + random.nextInt(3);
    for (int i = 0; i < keywords; i++) {
      switch (random.nextInt(depth > 0 ? 19 : 13)) {
        case 0, 1, 2 -> schema.put("type", pick(random, "string", "integer", "number", "object"));
        case 3 -> schema.putArray("type").add("array").add(pick(random, "null", "boolean"));
        case 4 -> schema.put(pick(random, "minimum", "exclusiveMinimum"), random.nextInt(4));
        case 5 -> schema.put(pick(random, "maximum", "exclusiveMaximum"), random.nextInt(4));
        case 6 -> schema.put(pick(random, "minLength", "minItems"), random.nextInt(3));
        case 7 -> schema.put(pick(random, "maxLength", "maxItems"), random.nextInt(3));
        case 8 -> schema.putArray("required").add(pick(random, "a", "b"));
        case 9 -> schema.put("multipleOf", 1 + random.nextInt(3));
        case 10 -> schema.putArray("enum").add(value(random, 1)).add(value(random, 1));
        case 11 -> schema.put("pattern", pick(random, "^a", "b$", "."));
        case 12 -> schema.put(pick(random, "minProperties", "maxProperties"), random.nextInt(3));
        case 13, 14 -> schema.withObject("/properties").set("a", schema(random, depth - 1));
        case 15 -> schema.set("additionalProperties", schema(random, depth - 1));
        case 16 -> schema.set("items", schema(random, depth - 1));
        case 17 -> schema.putArray("prefixItems").add(schema(random, depth - 1));
        default ->
            schema
                .putArray(pick(random, "anyOf", "allOf", "oneOf"))
                .add(schema(random, depth - 1))
                .add(schema(random, depth - 1));
      }
    }
    return schema;
  }

  private static JsonNode value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt(6) - 1);
      case 3 -> NODES.numberNode(random.nextInt(6) / 2.0);
      case 4, 5 -> NODES.stringNode(pick(random, "", "a", "ab", "b"));
      case 6 -> {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          array.add(value(random, depth - 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = NODES.objectNode();
        for (String name : List.of("a", "b", "c")) {
          if (random.nextBoolean()) {
            object.set(name, value(random, depth - 1));
          }
        }
        yield object;
      }
    };
  }

  private static String pick(Random random, String... words) {
    return words[random.nextInt(words.length)];
  }
}
