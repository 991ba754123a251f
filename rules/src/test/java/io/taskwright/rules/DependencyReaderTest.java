package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taskwright.model.Violation;
import io.taskwright.model.definition.Dependency;
import io.taskwright.model.definition.Work;
import io.taskwright.rules.DefinitionReader.Reading;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DependencyReaderTest {
  private static final DefinitionReader READER = new DefinitionReader(Caps.DEFAULT);

  private static Reading read(String runtime, List<String> dependencies) {
    ObjectNode definition = JsonMapper.shared().createObjectNode().put("name", "x");
    ObjectNode automated = definition.putObject("automated").put("runtime", runtime);
    automated.put("source", "x");
    dependencies.forEach(automated.putArray("dependencies")::add);
    JsonNode json = definition;
    return READER.read(json);
  }

  private static List<String> taken(String runtime, String... dependencies) {
    Reading reading = read(runtime, List.of(dependencies));
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    Work.Automated work = (Work.Automated) ((Reading.Valid) reading).definition().work();
    return work.dependencies().stream().map(Dependency::text).toList();
  }

  private static List<Violation> violations(String runtime, List<String> dependencies) {
    Reading reading = read(runtime, dependencies);
    assertThat(reading).isInstanceOf(Reading.Invalid.class);
    return ((Reading.Invalid) reading).violations();
  }

  @Test
  void takesExactVersionsOfEachRuntime() {
    assertThat(
            taken(
                "python", "pillow==11.0.0", "Zope_Interface == 7.2", "httpx[http2,socks]==0.28.1"))
        .containsExactly("pillow==11.0.0", "zope-interface==7.2", "httpx[http2,socks]==0.28.1");
    assertThat(taken("node", "left-pad@1.3.0", "@babel/core@7.26.0", "x@1.0.0-rc.1"))
        .containsExactly("left-pad@1.3.0", "@babel/core@7.26.0", "x@1.0.0-rc.1");
    assertThat(taken("java", "org.slf4j:slf4j-api:2.0.16"))
        .containsExactly("org.slf4j:slf4j-api:2.0.16");
    assertThat(taken("bash")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "python|pillow",
        "python|pillow>=11",
        "python|pillow==11.*",
        "python|pillow==11.0.0 ; python_version < 4",
        "python|pillow @ https://x.example/p.whl",
        "python|--index-url=https://x.example",
        "python|-r==1",
        "python|../x==1",
        "node|left-pad",
        "node|left-pad@^1.3.0",
        "node|left-pad@latest",
        "node|left-pad@1.3",
        "node|left-pad@npm:other@1.0.0",
        "node|git+https://x.example/p@1.0.0",
        "node|../x@1.0.0",
        "java|org.slf4j:slf4j-api",
        "java|org.slf4j:slf4j-api:[1,2)",
        "java|org.slf4j:slf4j-api:1.0-SNAPSHOT",
        "java|org.slf4j:slf4j-api:LATEST",
        "java|a/../b:x:1.0",
      })
  void refusesWhatIsNotOneExactVersion(String runtime, String text) {
    assertThat(violations(runtime, List.of(text)))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactly(tuple("/automated/dependencies/0", "INVALID_DEPENDENCY"));
  }

  @Test
  void refusesThePackageThatIsThereAlready() {
    assertThat(violations("python", List.of("a-b==1", "A_B==2")))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactly(tuple("/automated/dependencies/1", "uniqueItems"));
  }

  @Test
  void refusesTooMany() {
    List<String> many =
        IntStream.range(0, 51).mapToObj(i -> "p" + i + "==1").collect(Collectors.toList());
    assertThat(violations("python", many))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactly(tuple("/automated/dependencies", "maxItems"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "javascript"})
  void refusesThemWhereThereAreNone(String runtime) {
    assertThat(violations(runtime, List.of("x==1")))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactly(tuple("/automated/dependencies", "UNSUPPORTED"));
  }
}
