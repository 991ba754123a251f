package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.taskwright.model.ByteSize;
import io.taskwright.model.Violation;
import io.taskwright.model.definition.Code;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.ResultCache;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.definition.Timeouts;
import io.taskwright.model.definition.Work;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.rules.DefinitionReader.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DefinitionReaderTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final DefinitionReader reader = new DefinitionReader(Caps.DEFAULT);

  private static ObjectNode json(String text) {
    return JSON.readTree(text.replace('\'', '"')).asObject();
  }

  private static ObjectNode hello() {
    return json("{'name':'hello','automated':{'runtime':'python','source':'print()'}}");
  }

  private TaskDefinition valid(JsonNode definition) {
    return switch (reader.read(definition)) {
      case Reading.Valid(TaskDefinition read) -> read;
      case Reading.Invalid(List<Violation> violations) ->
          throw new AssertionError("invalid: " + violations);
    };
  }

  private List<Violation> violations(JsonNode definition) {
    return switch (reader.read(definition)) {
      case Reading.Valid valid -> List.of();
      case Reading.Invalid(List<Violation> violations) -> violations;
    };
  }

  private void assertWrong(JsonNode definition, String pointer, String keyword) {
    assertThat(violations(definition))
        .extracting(Violation::pointer, Violation::keyword)
        .contains(tuple(pointer, keyword));
  }

  private static ObjectNode withAutomated(String fields) {
    ObjectNode definition = hello();
    definition.withObject("/automated").setAll(json(fields));
    return definition;
  }

  private static ObjectNode withConfig(String fields) {
    return withAutomated("{'executionConfig':" + fields + "}");
  }

  @Test
  void fillsInEveryDefault() {
    TaskDefinition read = valid(hello());
    assertThat(read.name()).isEqualTo("hello");
    assertThat(read.description()).isEmpty();
    assertThat(read.retryPolicy()).isEqualTo(RetryPolicy.DEFAULT);
    assertThat(read.timeouts()).isEqualTo(Timeouts.DEFAULT);
    Work.Automated work = (Work.Automated) read.work();
    assertThat(work.runtime()).isEqualTo(TaskRuntime.PYTHON);
    assertThat(work.code()).isEqualTo(new Code.Source("print()"));
    assertThat(work.resources()).isEqualTo(ResourceRequirements.DEFAULT);
    assertThat(work.security().level()).isEqualTo(SecurityLevel.LOW);
    assertThat(work.environment()).isEmpty();
  }

  @Test
  void readsEveryField() {
    TaskDefinition read =
        valid(
            json(
                """
                {'name':'a-1','description':'d','inputSchema':{'type':'object'},'outputSchema':true,
                 'automated':{'runtime':'node','bundle':{'digest':'sha256:%s','entry':'src/x.mjs'},
                  'dependencies':[],
                  'executionConfig':{
                   'securityContext':{'securityLevel':'MEDIUM','runAs':'default-user',
                     'permissions':[],'egress':[]},
                   'resourceRequirements':{'cpu':0.5,'cpuLimit':'750m','memory':'256Mi',
                     'disk':'1Gi','timeoutSeconds':60,'maxMemory':'1Gi','cpuSeconds':90},
                   'environmentVariables':{'A_b':'c'}}},
                 'retryPolicy':{'maxRetries':5,'retryInterval':'PT2S','backoffMultiplier':1.5,
                   'maxInterval':'PT10S','retryableErrors':['CODE_ERROR','TIMEOUT']},
                 'timeouts':{'queue':'PT5M','total':'P2D'}}
                """
                    .formatted("a".repeat(64))));
    Work.Automated work = (Work.Automated) read.work();
    assertThat(work.code()).isEqualTo(new Code.Bundle("sha256:" + "a".repeat(64), "src/x.mjs"));
    assertThat(work.resources())
        .isEqualTo(
            new ResourceRequirements(
                new Cpu(500),
                new Cpu(750),
                ByteSize.ofMebibytes(256),
                ByteSize.ofMebibytes(1024),
                Duration.ofMinutes(1),
                ByteSize.ofMebibytes(1024),
                Duration.ofSeconds(90)));
    assertThat(work.environment()).isEqualTo(Map.of("A_b", "c"));
    assertThat(read.retryPolicy().retryableErrors())
        .containsExactlyInAnyOrder(FailureCode.CODE_ERROR, FailureCode.TIMEOUT);
    assertThat(read.retryPolicy().backoffMultiplier()).isEqualTo(1.5);
    assertThat(read.timeouts()).isEqualTo(new Timeouts(Duration.ofMinutes(5), Duration.ofDays(2)));
  }

  @Test
  void listsAllThatIsWrongAtOnce() {
    assertThat(
            violations(
                json(
                    """
                    {'name':'Bad Name','inputSchema':{'type':'nothing'},'more':1,
                     'automated':{'runtime':'cobol','source':'',
                       'executionConfig':{'resourceRequirements':{'memory':'64m '}}},
                     'retryPolicy':{'maxRetries':-1}}
                    """)))
        .extracting(Violation::pointer)
        .contains(
            "/name",
            "/inputSchema/type",
            "/more",
            "/automated/runtime",
            "/automated/source",
            "/automated/executionConfig/resourceRequirements/memory",
            "/retryPolicy/maxRetries");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "A",
        "a_b",
        "-a",
        "a-",
        "all",
        "new",
        "validate",
        "batch",
        "DAGs",
        "../x",
        "a\u202Eb",
        "\uD83D\uDE00",
        "\u0430bc"
      })
  void refusesNamesThatAreNone(String name) {
    ObjectNode definition = hello().put("name", name);
    assertWrong(definition, "/name", "INVALID_NAME");
    assertWrong(hello().put("name", "x".repeat(10_000)), "/name", "INVALID_NAME");
  }

  @Test
  void refusesWhatIsNoDefinition() {
    for (String text : List.of("[]", "1", "null", "'x'")) {
      assertThat(violations(JSON.readTree(text.replace('\'', '"')))).hasSize(1);
    }
    assertWrong(json("{}"), "/name", "required");
    assertWrong(json("{}"), "/automated", "required");
    assertWrong(json("{'name':'x','automated':[]}"), "/automated", "type");
    assertWrong(json("{'name':1,'automated':{}}"), "/name", "type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"manual", "integration", "plan"})
  void saysOfWhatItDoesNotDoYetThatItDoesNot(String field) {
    ObjectNode definition = hello();
    definition.putObject(field).put("x", 1);
    assertThat(violations(definition))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactly(tuple("/" + field, "UNSUPPORTED"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"script", "code", "function", "shell", "executeCommand", "Automated", "steps"})
  void regressR09RefusesKindsOfWorkThatAreNotKnown(String kind) {
    ObjectNode definition = hello();
    definition.set(kind, definition.get("automated"));
    assertWrong(definition, "/" + kind, "UNKNOWN_FIELD");
    definition.remove("automated");
    assertWrong(definition, "/automated", "required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"python:latest", "../img", "Python", "", "ruby"})
  void refusesUnknownRuntimes(String runtime) {
    assertWrong(
        withAutomated("{'runtime':'" + runtime + "'}"), "/automated/runtime", "UNKNOWN_RUNTIME");
  }

  @ParameterizedTest
  @CsvSource({
    "memory, '0'",
    "memory, 1Mi",
    "memory, 1024Gi",
    "memory, '64m '",
    "memory, -1",
    "disk, '0'",
    "disk, 100Gi",
    "cpu, '0'",
    "cpu, '1000000000'",
    "cpu, '-1'",
    "cpuLimit, '5'",
    "maxMemory, 127Mi",
    "maxMemory, 5Gi",
    "maxMemory, much"
  })
  void refusesLimitsOutOfRange(String limit, String value) {
    assertThat(violations(withConfig("{'resourceRequirements':{'" + limit + "':'" + value + "'}}")))
        .singleElement()
        .extracting(Violation::pointer)
        .isEqualTo("/automated/executionConfig/resourceRequirements/" + limit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "315360000", "1.5", "'10'", "null2"})
  void refusesTimeoutsOutOfRange(String seconds) {
    String value = seconds.equals("null2") ? "[]" : seconds;
    assertThat(violations(withConfig("{'resourceRequirements':{'timeoutSeconds':" + value + "}}")))
        .singleElement()
        .extracting(Violation::pointer)
        .isEqualTo("/automated/executionConfig/resourceRequirements/timeoutSeconds");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "LD_PRELOAD",
        "BASH_ENV",
        "NODE_OPTIONS",
        "PYTHONSTARTUP",
        "JAVA_TOOL_OPTIONS",
        "TASK_ID",
        "WORKFLOW_ID"
      })
  void refusesVariablesThatWouldChangeTheProgram(String name) {
    assertThat(violations(withConfig("{'environmentVariables':{'" + name + "':'x'}}")))
        .extracting(Violation::keyword)
        .containsExactly("RESERVED_ENV");
  }

  @Test
  void refusesVariablesThatAreNone() {
    for (String name : List.of("", "A=B", "1A", "A B", "A\\u0000")) {
      assertThat(violations(withConfig("{'environmentVariables':{'" + name + "':'x'}}")))
          .extracting(Violation::keyword)
          .containsExactly("pattern");
    }
    assertThat(violations(withConfig("{'environmentVariables':{'A':1}}"))).hasSize(1);
    assertThat(violations(withConfig("{'environmentVariables':{'A':'\\u0000'}}"))).hasSize(1);
    assertThat(
            violations(withConfig("{'environmentVariables':{'A':'" + "x".repeat(40_000) + "'}}")))
        .hasSize(1);
  }

  @Test
  void refusesCodeThatIsNone() {
    assertWrong(withAutomated("{'source':' '}"), "/automated/source", "minLength");
    assertWrong(withAutomated("{'source':'a\\u0000'}"), "/automated/source", "pattern");
    assertWrong(
        withAutomated("{'source':'" + "x".repeat((1 << 20) + 1) + "'}"),
        "/automated/source",
        "LIMIT_OUT_OF_RANGE");
    assertWrong(withAutomated("{'source':null}"), "/automated/source", "required");
    assertWrong(
        withAutomated("{'bundle':{'digest':'x','entry':'y'}}"), "/automated/source", "required");
  }

  @Test
  void refusesBundlesThatPointElsewhere() {
    for (String entry : List.of("../x", "/x", "a/../../b", "", "a b", "-rf")) {
      ObjectNode definition = hello();
      definition
          .withObject("/automated")
          .without("source")
          .putObject("bundle")
          .put("digest", "sha256:" + "0".repeat(64))
          .put("entry", entry);
      definition.withObject("/automated").remove("source");
      assertWrong(definition, "/automated/bundle/entry", "pattern");
    }
    ObjectNode definition = json("{'name':'x','automated':{'runtime':'node','bundle':{'z':1}}}");
    assertWrong(definition, "/automated/bundle/digest", "required");
    assertWrong(definition, "/automated/bundle/entry", "required");
    assertWrong(definition, "/automated/bundle/z", "UNKNOWN_FIELD");
  }

  @Test
  void keepsCodeToTheByte() {
    String source = "\uFEFFprint('a')\r\n\tx\u00e9\n";
    ObjectNode definition = hello();
    definition.withObject("/automated").put("source", source);
    assertThat(((Work.Automated) valid(definition).work()).code())
        .isEqualTo(new Code.Source(source));
  }

  @Test
  void boundsCodeThatRunsInsideTheWorker() {
    TaskDefinition read = valid(withAutomated("{'runtime':'javascript'}"));
    assertThat(((Work.Automated) read.work()).resources().timeout())
        .isEqualTo(Duration.ofSeconds(5));
    ObjectNode slow = withConfig("{'resourceRequirements':{'timeoutSeconds':6,'memory':'256Mi'}}");
    slow.withObject("/automated").put("runtime", "javascript");
    assertThat(violations(slow)).extracting(Violation::keyword).containsOnly("LIMIT_OUT_OF_RANGE");
    assertThat(violations(slow)).hasSize(2);
    ObjectNode high = withConfig("{'securityContext':{'securityLevel':'HIGH'}}");
    high.withObject("/automated").put("runtime", "javascript");
    assertThat(violations(high)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "345601", "1.5", "'10'", "[]"})
  void refusesProcessorTimesOutOfRange(String seconds) {
    assertThat(violations(withConfig("{'resourceRequirements':{'cpuSeconds':" + seconds + "}}")))
        .singleElement()
        .extracting(Violation::pointer)
        .isEqualTo("/automated/executionConfig/resourceRequirements/cpuSeconds");
  }

  @Test
  void boundsNoProcessorTimeInsideTheWorker() {
    ObjectNode definition = withConfig("{'resourceRequirements':{'cpuSeconds':1}}");
    definition.withObject("/automated").put("runtime", "javascript");
    assertWrong(
        definition, "/automated/executionConfig/resourceRequirements/cpuSeconds", "UNSUPPORTED");
  }

  @Test
  void givesEachAttemptTheSameMemoryUnlessMoreIsAllowed() {
    ResourceRequirements fixed =
        ((Work.Automated) valid(withConfig("{'resourceRequirements':{'memory':'64Mi'}}")).work())
            .resources();
    assertThat(fixed.maxMemory()).isEqualTo(ByteSize.ofMebibytes(64));
    assertThat(fixed.cpuTime()).isNull();
  }

  @Test
  void readsHowResultsAreGivenAgain() {
    ObjectNode definition = hello();
    assertThat(valid(definition).cache()).isNull();
    definition.withObject("/cache").put("ttl", "PT1H").putArray("key").add("/a/b");
    assertThat(valid(definition).cache())
        .isEqualTo(new ResultCache(Duration.ofHours(1), List.of("/a/b")));
    definition.withObject("/cache").putArray("key").add("a").add("");
    assertThat(violations(definition))
        .extracting(Violation::pointer)
        .containsExactly("/cache/key/0", "/cache/key/1");
    definition.withObject("/cache").putArray("key");
    assertWrong(definition, "/cache/key", "minItems");
    definition.withObject("/cache").put("key", "input.a");
    assertWrong(definition, "/cache/key", "UNSUPPORTED");
    definition.withObject("/cache").remove("key");
    definition.withObject("/cache").put("ttl", "P31D");
    assertWrong(definition, "/cache/ttl", "LIMIT_OUT_OF_RANGE");
    definition.withObject("/cache").remove("ttl");
    assertWrong(definition, "/cache/ttl", "required");
  }

  @Test
  void doesNotKeepResultsOfWhichFilesArePart() {
    ObjectNode definition = withAutomated("{'runtime':'python','source':'x','outputFiles':['a']}");
    assertThat(valid(definition).cache()).isNull();
    definition.withObject("/cache").put("ttl", "PT1H");
    assertWrong(definition, "/cache", "UNSUPPORTED");
  }

  @Test
  void takesModulesAsBundlesOnly() {
    assertWrong(withAutomated("{'runtime':'wasm'}"), "/automated/source", "UNSUPPORTED");
    ObjectNode bundled = withAutomated("{'runtime':'wasm'}");
    bundled.withObject("/automated").remove("source");
    bundled
        .withObject("/automated/bundle")
        .put("digest", "sha256:" + "0".repeat(64))
        .put("entry", "main.wasm");
    assertThat(((Work.Automated) valid(bundled).work()).resources().timeout())
        .isEqualTo(Duration.ofSeconds(5));
    bundled.withObject("/automated/executionConfig/securityContext").put("securityLevel", "HIGH");
    assertThat(violations(bundled)).hasSize(1);
  }

  @Test
  void refusesWhatTheSandboxDoesNotGiveYet() {
    ObjectNode definition = withConfig("{'securityContext':{'runAs':'root','permissions':['x']}}");
    assertThat(violations(definition))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactlyInAnyOrder(
            tuple("/automated/executionConfig/securityContext/runAs", "UNSUPPORTED"),
            tuple("/automated/executionConfig/securityContext/permissions", "UNSUPPORTED"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'maxRetries':101}|/retryPolicy/maxRetries",
        "{'maxRetries':'3'}|/retryPolicy/maxRetries",
        "{'retryInterval':'1s'}|/retryPolicy/retryInterval",
        "{'retryInterval':'-PT1S'}|/retryPolicy/retryInterval",
        "{'retryInterval':'P2D'}|/retryPolicy/retryInterval",
        "{'backoffMultiplier':0.5}|/retryPolicy/backoffMultiplier",
        "{'backoffMultiplier':11}|/retryPolicy/backoffMultiplier",
        "{'retryInterval':'PT5S','maxInterval':'PT1S'}|/retryPolicy/maxInterval",
        "{'retryableErrors':'TIMEOUT'}|/retryPolicy/retryableErrors",
        "{'retryableErrors':['INPUT_INVALID']}|/retryPolicy/retryableErrors",
        "{'retryableErrors':['NONE']}|/retryPolicy/retryableErrors",
        "{'jitter':1}|/retryPolicy/jitter"
      })
  void refusesRetryPoliciesThatMakeNoSense(String policy, String pointer) {
    ObjectNode definition = hello();
    definition.set("retryPolicy", json(policy));
    assertThat(violations(definition)).extracting(Violation::pointer).contains(pointer);
  }

  @Test
  void longIntervalsRaiseTheLongestOne() {
    ObjectNode definition = hello();
    definition.putObject("retryPolicy").put("retryInterval", "PT1H");
    assertThat(valid(definition).retryPolicy().maxInterval()).isEqualTo(Duration.ofHours(1));
    definition.putObject("timeouts").put("total", "PT10M");
    assertThat(valid(definition).timeouts().queue()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void refusesTimeoutsBeyondTheCap() {
    ObjectNode definition = hello();
    definition.putObject("timeouts").put("queue", "PT0S").put("total", "P31D").put("x", 1);
    assertThat(violations(definition))
        .extracting(Violation::pointer)
        .containsExactlyInAnyOrder("/timeouts/total", "/timeouts/queue", "/timeouts/x");
  }

  @Test
  void refusesUnknownFieldsAtEveryDepth() {
    for (ObjectNode definition :
        List.of(
            withAutomated("{'x':1}"),
            withConfig("{'x':1}"),
            withConfig("{'securityContext':{'x':1}}"),
            withConfig("{'resourceRequirements':{'x':1}}"))) {
      assertThat(violations(definition))
          .singleElement()
          .satisfies(violation -> {
            assertThat(violation.keyword()).isEqualTo("UNKNOWN_FIELD");
            assertThat(violation.pointer()).endsWith("/x");
          });
    }
  }

  @Test
  void refusesDescriptionsThatAreBooks() {
    assertWrong(hello().put("description", "x".repeat(5_000)), "/description", "maxLength");
  }
}
