package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ByteSize;
import io.taskwright.model.Violation;
import io.taskwright.model.definition.Check;
import io.taskwright.model.file.FilePattern;
import io.taskwright.rules.DefinitionReader.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CheckReaderTest {
  private static Reading read(String checks) {
    String json =
        "{'name':'t','automated':{'runtime':'python','source':'x'},'checks':" + checks + "}";
    return new DefinitionReader(Caps.DEFAULT)
        .read(JsonMapper.shared().readTree(json.replace('\'', '"')));
  }

  private static List<Violation> violations(String checks) {
    return switch (read(checks)) {
      case Reading.Valid _ -> List.of();
      case Reading.Invalid(List<Violation> violations) -> violations;
    };
  }

  @Test
  void readsChecksInTheirOrder() {
    assertThat(
            read(
                "[{'artifact':'report/*.csv'},{'artifact':'x','atLeast':2,'maxBytes':'1Ki'},"
                    + "{'http':{'url':'https://example.org/a'}},"
                    + "{'http':{'url':'http://example.org:81','method':'HEAD','status':[200,204],"
                    + "'expect':'response.status < 300','within':'PT30S'}}]"))
        .isInstanceOfSatisfying(
            Reading.Valid.class,
            valid ->
                assertThat(valid.definition().checks())
                    .containsExactly(
                        new Check.Artifact(new FilePattern("report/*.csv"), 1, null),
                        new Check.Artifact(new FilePattern("x"), 2, new ByteSize(1024)),
                        new Check.Http(
                            "https://example.org/a",
                            Check.Http.Method.GET,
                            Set.of(200),
                            null,
                            Duration.ofSeconds(10)),
                        new Check.Http(
                            "http://example.org:81",
                            Check.Http.Method.HEAD,
                            Set.of(200, 204),
                            "response.status < 300",
                            Duration.ofSeconds(30))));
  }

  @Test
  void readsChecksByOtherTasks() {
    assertThat(
            read(
                "[{'task':{'name':'verify'}},{'task':{'name':'verify','version':3,"
                    + "'input':{'id':'output.id','of':'execution.id'},"
                    + "'expect':'result.ok && output.id == input.id','within':'PT1H'}}]"))
        .isInstanceOfSatisfying(
            Reading.Valid.class,
            valid ->
                assertThat(valid.definition().checks())
                    .containsExactly(
                        new Check.Task(
                            "verify", null, new TreeMap<>(), null, Duration.ofMinutes(5)),
                        new Check.Task(
                            "verify",
                            3,
                            new TreeMap<>(Map.of("id", "output.id", "of", "execution.id")),
                            "result.ok && output.id == input.id",
                            Duration.ofHours(1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | /checks | type",
        "[{}] | /checks/0 | required",
        "[{'artifact':'a','http':{'url':'http://a.b'}}] | /checks/0 | required",
        "[{'artifact':'../a'}] | /checks/0/artifact | INVALID_PATH",
        "[{'artifact':5}] | /checks/0/artifact | type",
        "[{'artifact':'a','atLeast':0}] | /checks/0/atLeast | LIMIT_OUT_OF_RANGE",
        "[{'artifact':'a','maxBytes':'x'}] | /checks/0/maxBytes | format",
        "[{'artifact':'a','most':1}] | /checks/0/most | UNKNOWN_FIELD",
        "[{'http':'x'}] | /checks/0/http | type",
        "[{'http':{}}] | /checks/0/http/url | required",
        "[{'http':{'url':'http://a.b','method':'POST'}}] | /checks/0/http/method | format",
        "[{'http':{'url':'http://a.b','status':[99]}}] | /checks/0/http/status | type",
        "[{'http':{'url':'http://a.b','status':[]}}] | /checks/0/http/status | type",
        "[{'http':{'url':'http://a.b','within':'PT2M'}}] | /checks/0/http/within |"
            + " LIMIT_OUT_OF_RANGE",
        "[{'http':{'url':'http://a.b','expect':'1'}}] | /checks/0/http/expect | INVALID_EXPRESSION",
        "[{'http':{'url':'http://a.b','body':'1'}}] | /checks/0/http/body | UNKNOWN_FIELD",
        "[{'artifact':'a','task':{'name':'t'}}] | /checks/0 | required",
        "[{'task':'other'}] | /checks/0/task | type",
        "[{'task':{}}] | /checks/0/task/name | required",
        "[{'task':{'name':'No'}}] | /checks/0/task/name | INVALID_NAME",
        "[{'task':{'name':'a','version':0}}] | /checks/0/task/version | LIMIT_OUT_OF_RANGE",
        "[{'task':{'name':'a','version':'latest'}}] | /checks/0/task/version | type",
        "[{'task':{'name':'a','input':{}}}] | /checks/0/task/input | maxProperties",
        "[{'task':{'name':'a','input':{'n':7}}}] | /checks/0/task/input/n | type",
        "[{'task':{'name':'a','input':{'n':'1 +'}}}] | /checks/0/task/input/n | INVALID_EXPRESSION",
        "[{'task':{'name':'a','input':{'n':'result'}}}] | /checks/0/task/input/n |"
            + " INVALID_EXPRESSION",
        "[{'task':{'name':'a','expect':'response'}}] | /checks/0/task/expect | INVALID_EXPRESSION",
        "[{'task':{'name':'a','expect':'1'}}] | /checks/0/task/expect | INVALID_EXPRESSION",
        "[{'task':{'name':'a','within':'PT0S'}}] | /checks/0/task/within | LIMIT_OUT_OF_RANGE",
        "[{'task':{'name':'a','within':'P31D'}}] | /checks/0/task/within | LIMIT_OUT_OF_RANGE",
        "[{'task':{'name':'a','labels':{}}}] | /checks/0/task/labels | UNKNOWN_FIELD",
      })
  void saysWhatIsWrongAndWhere(String checks, String pointer, String keyword) {
    assertThat(violations(checks))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactly(Tuple.tuple(pointer, keyword));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.org/x",
        "//example.org/x",
        "example.org",
        "http://user@example.org/",
        "http://example.org/#x",
        "http://127.1/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://[::1%25lo]/",
        "http://example.org:99999/",
        "http://exa mple.org/",
        "file:///etc/passwd",
        "http:///x",
      })
  void refusesWhatIsNoPlainUrl(String url) {
    assertThat(violations("[{'http':{'url':'" + url + "'}}]"))
        .extracting(Violation::keyword)
        .containsExactly("INVALID_DESTINATION");
  }
}
