package io.taskwright.rules.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonShapesTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  @Test
  void listsEveryViolationWithItsPointer() {
    JsonShape shape =
        JsonShapes.ready(
            json(
                """
                {'type':'object','required':['name'],'properties':{
                  'name':{'type':'string'},'list':{'items':{'type':'integer'}},'a/b':{'type':'null'}},
                 'additionalProperties':false}
                """));
    assertThat(shape.violations(json("{'list':[1,'x',2.5],'a/b':1,'more':1}")))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("", "required"),
            org.assertj.core.groups.Tuple.tuple("/list/1", "type"),
            org.assertj.core.groups.Tuple.tuple("/list/2", "type"),
            org.assertj.core.groups.Tuple.tuple("/a~1b", "type"),
            org.assertj.core.groups.Tuple.tuple("", "additionalProperties"));
  }

  @Test
  void assertsFormats() {
    JsonShape shape = JsonShapes.ready(json("{'format':'date-time'}"));
    assertThat(shape.violations(json("'2026-02-30T00:00:00Z'")))
        .singleElement()
        .extracting(Violation::keyword)
        .isEqualTo("format");
    assertThat(shape.violations(json("'2026-02-28T00:00:00Z'"))).isEmpty();
  }

  @Test
  void fillsInDefaultsWithoutTouchingTheValue() {
    JsonShape shape =
        JsonShapes.ready(
            json(
                """
                {'properties':{'size':{'default':3},
                 'inner':{'default':{},'properties':{'deep':{'default':'d'}}},
                 'list':{'items':{'properties':{'k':{'default':1}}}}}}
                """));
    JsonNode value = json("{'list':[{},{'k':2}]}");
    assertThat(shape.withDefaults(value))
        .isEqualTo(json("{'list':[{'k':1},{'k':2}],'size':3,'inner':{'deep':'d'}}"));
    assertThat(value).isEqualTo(json("{'list':[{},{'k':2}]}"));
  }

  @Test
  void refusesSchemasThatAreNone() {
    assertThat(JsonShapes.violations(json("{'type':'strin','minLength':-1}")))
        .extracting(Violation::pointer)
        .contains("/type", "/minLength");
    assertThat(JsonShapes.violations(json("[]"))).hasSize(1);
  }

  @Test
  void refusesReferencesToElsewhere() {
    for (String ref :
        List.of("http://127.0.0.1:1/x", "file:///etc/passwd", "other.json", "urn:x")) {
      assertThat(JsonShapes.violations(json("{'properties':{'a':{'$ref':'" + ref + "'}}}")))
          .singleElement()
          .extracting(Violation::pointer, Violation::keyword)
          .containsExactly("/properties/a/$ref", "$ref");
    }
  }

  @Test
  void refusesReferencesToNothingAndToThemselves() {
    assertThat(JsonShapes.violations(json("{'$ref':'#/$defs/none'}"))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'$ref':'#'}",
        "{'$ref':'#','default':1}",
        "{'$defs':{'a':{'$ref':'#/$defs/b'},'b':{'$ref':'#/$defs/a'}},'$ref':'#/$defs/a'}",
        "{'allOf':[{'$ref':'#'},{'$ref':'#'}]}",
        "{'not':{'$ref':'#'}}",
        "{'$dynamicRef':'#none'}",
        "{'properties':{'a':{'$dynamicRef':'#none'}}}",
        "{'$id':'urn:a','$dynamicAnchor':'x','$defs':{'b':{'$id':'urn:b','$dynamicRef':'urn:b#x'}}}"
      })
  void refusesWhatNoValueCanBeHeldAgainst(String schema) {
    assertThat(JsonShapes.violations(json(schema))).as(schema).isNotEmpty();
  }

  @Test
  void takesReferencesToAnchors() {
    JsonNode tree =
        json(
            "{'$dynamicAnchor':'node','properties':{'left':{'$dynamicRef':'#node'}},'maxProperties':1}");
    assertThat(JsonShapes.violations(tree)).isEmpty();
    assertThat(JsonShapes.ready(tree).violations(json("{'left':{'left':{}}}"))).isEmpty();
    assertThat(JsonShapes.ready(tree).violations(json("{'left':{'a':1,'b':2}}"))).hasSize(1);
  }

  @Test
  void takesRecursiveSchemasButBoundsTheirUse() {
    JsonNode schema =
        json(
            """
            {'$defs':{'n':{'properties':{'next':{'$ref':'#/$defs/n'}}}},'$ref':'#/$defs/n'}
            """);
    assertThat(JsonShapes.violations(schema)).isEmpty();
    assertThat(JsonShapes.ready(schema).violations(json("{'next':{'next':{}}}"))).isEmpty();
    JsonNode endless = json("{'$defs':{'a':{'$ref':'#/$defs/a'}},'$ref':'#/$defs/a'}");
    assertThat(
            JsonShapes.violations(endless).isEmpty()
                && JsonShapes.ready(endless).violations(json("1")).isEmpty())
        .isFalse();
  }

  @Test
  void refusesPatternsThatRe2LacksAndBoundsTheOthers() {
    assertThat(JsonShapes.violations(json("{'pattern':'(?=a)b'}")))
        .singleElement()
        .extracting(Violation::pointer)
        .isEqualTo("/pattern");
    assertThat(JsonShapes.violations(json("{'patternProperties':{'(a)\\\\1':{}}}"))).hasSize(1);
    JsonShape shape = JsonShapes.ready(json("{'pattern':'^(a+)+$'}"));
    assertThat(shape.violations(json("'" + "a".repeat(50_000) + "!'"))).hasSize(1);
  }

  @Test
  void refusesOtherDialects() {
    assertThat(JsonShapes.violations(json("{'$schema':'http://json-schema.org/draft-07/schema#'}")))
        .hasSize(1);
  }

  @Test
  void refersToResourcesOfTheSameSchemaByTheirId() {
    JsonNode schema =
        json(
            """
            {'$id':'https://example.org/root','$defs':{'n':{'$id':'inner','type':'integer'}},
             'properties':{'a':{'$ref':'inner'},'b':{'$ref':'https://example.org/inner#'}}}
            """);
    assertThat(JsonShapes.violations(schema)).isEmpty();
    assertThat(JsonShapes.ready(schema).violations(json("{'a':'x','b':1}"))).hasSize(1);
    assertThat(JsonShapes.violations(json("{'$defs':{'a':{'$ref':'https://example.org/inner'}}}")))
        .extracting(Violation::pointer)
        .containsExactly("/$defs/a/$ref");
    assertThat(JsonShapes.violations(json("{'$ref':'::'}"))).hasSize(1);
  }

  @Test
  void boundsWhatManyPatternsSpendOnOneValue() {
    JsonShape shape =
        JsonShapes.ready(json("{'items':{'pattern':'(x|y|z){500}[^q]{900}$'},'default':[]}"));
    StringBuilder list = new StringBuilder("[''");
    for (int i = 0; i < 1_000; i++) {
      list.append(",'").append("xyz".repeat(2_000)).append("'");
    }
    JsonNode value = json(list.append("]").toString());
    assertThat(shape.violations(value))
        .singleElement()
        .extracting(Violation::keyword)
        .isEqualTo("limit");
  }
}
