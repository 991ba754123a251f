package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taskwright.model.Violation;
import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.Work;
import io.taskwright.rules.DefinitionReader.Reading;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EgressReaderTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String EGRESS = "/automated/executionConfig/securityContext/egress";

  private static Reading read(String runtime, String level, List<String> egress) {
    ObjectNode definition = JSON.createObjectNode().put("name", "fetch");
    ObjectNode automated = definition.putObject("automated");
    automated.put("runtime", runtime).put("source", "x");
    ObjectNode context = automated.putObject("executionConfig").putObject("securityContext");
    context.put("securityLevel", level);
    egress.forEach(context.putArray("egress")::add);
    return new DefinitionReader(Caps.DEFAULT).read(definition);
  }

  private static List<Violation> violations(String runtime, String level, List<String> egress) {
    return switch (read(runtime, level, egress)) {
      case Reading.Valid valid -> List.of();
      case Reading.Invalid(List<Violation> violations) -> violations;
    };
  }

  @Test
  void readsDestinationsInTheirOneSpelling() {
    List<String> texts = List.of("API.example.org:443", "93.184.216.34:80", "[2606:2800::1]:8443");
    assertThat(read("python", "LOW", texts))
        .isInstanceOfSatisfying(
            Reading.Valid.class,
            valid -> {
              Work.Automated work = (Work.Automated) valid.definition().work();
              assertThat(work.security().egress())
                  .extracting(Destination::toString)
                  .containsExactly(
                      "api.example.org:443", "93.184.216.34:80", "[2606:2800:0:0:0:0:0:1]:8443");
            });
    assertThat(violations("node", "MEDIUM", texts)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "https://example.org:443",
        "user:word@example.org:443",
        "example.org:443/path",
        "*.example.org:443",
        "2130706433:80",
        "0x7f.1:80",
        "127.1:80",
        "[::1%lo]:80",
        "example.org:0"
      })
  void refusesEverythingElseWithItsPlace(String text) {
    assertThat(violations("python", "LOW", List.of("example.org:443", text)))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactly(tuple(EGRESS + "/1", "INVALID_DESTINATION"));
  }

  @Test
  void refusesWhatIsThereTwice() {
    assertThat(violations("python", "LOW", List.of("a.example:1", "A.example:1")))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactly(tuple(EGRESS + "/1", "uniqueItems"));
  }

  @Test
  void boundsTheList() {
    List<String> most =
        IntStream.rangeClosed(1, 51).mapToObj(port -> "example.org:" + port).toList();
    assertThat(violations("python", "LOW", most.subList(0, 50))).isEmpty();
    assertThat(violations("python", "LOW", most))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactly(tuple(EGRESS, "maxItems"));
  }

  @Test
  void givesNoNetworkToHighNorToCodeInsideTheWorker() {
    assertThat(violations("python", "HIGH", List.of("example.org:443")))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.pointer()).isEqualTo(EGRESS);
          assertThat(violation.keyword()).isEqualTo("EGRESS_NOT_ALLOWED");
          assertThat(violation.message()).contains("HIGH has no network at all");
        });
    assertThat(violations("javascript", "LOW", List.of("example.org:443")))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.pointer()).isEqualTo(EGRESS);
          assertThat(violation.keyword()).isEqualTo("EGRESS_NOT_ALLOWED");
          assertThat(violation.message()).contains("use the runtime node");
        });
    assertThat(violations("python", "HIGH", List.of())).isEmpty();
    assertThat(violations("javascript", "LOW", List.of())).isEmpty();
  }

  @Test
  void takesOnlyAListOfStrings() {
    ObjectNode definition =
        JSON.readTree(
                """
                {"name": "fetch", "automated": {"runtime": "python", "source": "x", "executionConfig":
                  {"securityContext": {"egress": "example.org:443"}}}}
                """)
            .asObject();
    assertThat(new DefinitionReader(Caps.DEFAULT).read(definition))
        .isInstanceOfSatisfying(
            Reading.Invalid.class,
            invalid ->
                assertThat(invalid.violations())
                    .extracting(Violation::pointer, Violation::keyword)
                    .containsExactly(tuple(EGRESS, "type")));
  }
}
