package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.rules.DefinitionReader.Reading;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SignalReaderTest {
  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static Reading read(String more) {
    return read("'runtime':'bash','source':'true'", more);
  }

  private static Reading read(String automated, String more) {
    return new DefinitionReader(Caps.DEFAULT)
        .read(json("{'name':'t','automated':{" + automated + "}," + more + "}"));
  }

  private static TaskDefinition definition(String more) {
    return ((Reading.Valid) read(more)).definition();
  }

  @Test
  void readsWhatExecutionsMayBeToldAndWhatTheyWaitFor() {
    TaskDefinition definition =
        definition(
            "'signals':{'note':null,'approved':{'description':'by two','awaited':true,"
                + "'within':'P2D','schema':{'type':'object'}},'paid':{'awaited':true}},"
                + "'timeouts':{'queue':'PT5M'}");
    assertThat(definition.signals().keySet()).containsExactly("approved", "note", "paid");
    assertThat(definition.signals().get("approved").description()).isEqualTo("by two");
    assertThat(definition.signals().get("note").awaited()).isFalse();
    assertThat(definition.awaited())
        .isEqualTo(Map.of("approved", Duration.ofDays(2), "paid", Duration.ofMinutes(5)));
    assertThat(definition("'description':'none'").signals()).isEmpty();
  }

  @Test
  void holdsWhatComesWithASignalAgainstItsSchema() {
    TaskContract contract =
        new TaskContract(
            definition(
                "'signals':{'note':{},'go':{'schema':{'type':'object','required':['by'],"
                    + "'properties':{'by':{'type':'string'},'fast':{'default':true}}}}}"));
    JsonNode whole = contract.withDefaults("go", json("{'by':'ada'}"));
    assertThat(whole).isEqualTo(json("{'by':'ada','fast':true}"));
    assertThat(contract.payloadViolations("go", whole)).isEmpty();
    assertThat(contract.payloadViolations("go", json("{'by':1}")))
        .extracting(violation -> violation.pointer())
        .containsExactly("/by");
    assertThat(contract.payloadViolations("note", json("[1]"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'signals':[]                                         | /signals              | type",
        "'signals':{'go':1}                                   | /signals/go           | type",
        "'signals':{'Go':{}}                                  | /signals/Go           |"
            + " INVALID_NAME",
        "'signals':{'go':{'wait':true}}                       | /signals/go/wait      |"
            + " UNKNOWN_FIELD",
        "'signals':{'go':{'awaited':'yes'}}                   | /signals/go/awaited   | type",
        "'signals':{'go':{'within':'PT1S'}}                   | /signals/go/within    |"
            + " UNSUPPORTED",
        "'signals':{'go':{'awaited':true,'within':'soon'}}    | /signals/go/within    | format",
        "'signals':{'go':{'awaited':true,'within':'PT0.5S'}}  | /signals/go/within    |"
            + " LIMIT_OUT_OF_RANGE",
        "'signals':{'go':{'awaited':true,'within':'P31D'}}    | /signals/go/within    |"
            + " LIMIT_OUT_OF_RANGE",
        "'signals':{'go':{'schema':{'type':'text'}}}          | /signals/go/schema/type |"
            + " INVALID_SCHEMA",
        "'signals':{'go':{'schema':{'$ref':'http://x/y'}}}    | /signals/go/schema/$ref |"
            + " INVALID_SCHEMA",
        "'signals':{'go':{}},'cache':{'ttl':'PT1H'}           | /cache                | UNSUPPORTED"
      })
  void saysWhatIsWrong(String more, String pointer, String keyword) {
    assertThat(((Reading.Invalid) read(more)).violations())
        .extracting(violation -> violation.pointer(), violation -> violation.keyword())
        .containsOnly(tuple(pointer, keyword));
  }

  @Test
  void refusesMoreThanAreAllowedAndModules() {
    String many =
        IntStream.range(0, 17).mapToObj(n -> "'s" + n + "':{}").collect(Collectors.joining(","));
    assertThat(((Reading.Invalid) read("'signals':{" + many + "}")).violations())
        .extracting(violation -> violation.keyword())
        .containsExactly("maxProperties");
    String digest = "sha256:" + "0".repeat(64);
    String module = "'runtime':'wasm','bundle':{'digest':'" + digest + "','entry':'a.wasm'}";
    assertThat(((Reading.Invalid) read(module, "'signals':{'go':{}}")).violations())
        .extracting(violation -> violation.pointer())
        .containsExactly("/signals");
  }
}
