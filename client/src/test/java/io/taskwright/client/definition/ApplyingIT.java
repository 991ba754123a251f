package io.taskwright.client.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.taskwright.client.ProblemException;
import io.taskwright.client.StandInService;
import io.taskwright.client.Strictness;
import io.taskwright.client.TaskwrightClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent so that the service has a definition. */
class ApplyingIT {
  private final StandInService service = new StandInService();
  private final TaskwrightClient client = service.client();
  private final Applying applying = new Applying(client);

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("task.yaml"), "name: a\nx: 2.0\n");
  }

  @AfterEach
  void close() {
    client.close();
    service.close();
  }

  private Applied apply() {
    return applying.apply(DefinitionFile.read(file), "task.yaml", Strictness.NONE);
  }

  private List<String> asked() {
    return service.asked().stream().map(it -> it.method() + " " + it.target()).toList();
  }

  @Test
  void aTaskThatIsNotThereIsCreated() {
    service.problem(404, "NOT_FOUND", "no").json(201, "{'name':'a','version':1}");

    assertThat(apply()).isInstanceOf(Applied.Created.class);
    assertThat(asked()).containsExactly("GET /tasks/a", "POST /tasks?file=task.yaml");
  }

  @Test
  void theSameDefinitionStaysAsItIs() {
    service.json(200, "{'id':'i','version':7,'createdAt':'x','createdBy':'b','x':2,'name':'a'}");

    assertThat(apply()).isInstanceOf(Applied.Unchanged.class);
    assertThat(asked()).containsExactly("GET /tasks/a");
  }

  @Test
  void theSameBytesStayAsTheyAreAndOtherOnesBecomeTheNextVersion() throws IOException {
    String known =
        "{'id':'i','version':7,'name':'a','x':2,'source':{'mediaType':'application/yaml','sha256':'%s'}}";
    String hash = Bundle.sha256(Files.readAllBytes(file));
    service.json(200, known.formatted(hash));
    assertThat(apply()).isInstanceOf(Applied.Unchanged.class);

    Files.writeString(file, "name: a # a remark\nx: 2.0\n");
    service.json(200, known.formatted(hash)).json(200, "{'version':8}");
    assertThat(apply()).isInstanceOf(Applied.Revised.class);
    assertThat(service.asked().getLast().body()).contains("# a remark");
  }

  @Test
  void aDraftIsBegunOrSavedOver() {
    service.problem(404, "NOT_FOUND", "no").problem(404, "NOT_FOUND", "no").json(201, "{}");
    applying.draft(DefinitionFile.read(file), "");
    service.problem(404, "NOT_FOUND", "no").json(200, "{'id':'i'}").json(201, "{}");
    applying.draft(DefinitionFile.read(file), "");
    service.json(200, "{}").json(200, "{}");
    applying.draft(DefinitionFile.read(file), "");

    assertThat(asked())
        .containsExactly(
            "GET /tasks/a/draft",
            "GET /tasks/a",
            "POST /tasks?draft=true",
            "GET /tasks/a/draft",
            "GET /tasks/a",
            "PUT /tasks/a/draft",
            "GET /tasks/a/draft",
            "PUT /tasks/a/draft");
  }

  @Test
  void anotherDefinitionBecomesTheNextVersion() {
    service.json(200, "{'id':'i','version':7,'name':'a','x':3}").json(200, "{'version':8}");

    assertThat(apply())
        .isInstanceOfSatisfying(
            Applied.Revised.class, it -> assertThat(it.task().version()).isEqualTo(8));
    assertThat(asked()).containsExactly("GET /tasks/a", "PUT /tasks/i?file=task.yaml");
  }

  @Test
  void whoeverWasFasterIsRespected() {
    service
        .json(200, "{'id':'i','version':7,'name':'a','x':3}")
        .problem(412, "STALE", "version 8 is there")
        .json(200, "{'id':'i','version':8,'name':'a','x':2.0}");

    assertThat(apply()).isInstanceOf(Applied.Unchanged.class);
  }

  @Test
  void anEndlessConflictIsTold() {
    for (int i = 0; i < 5; i++) {
      service.problem(404, "NOT_FOUND", "no").problem(409, "NAME_TAKEN", "taken");
    }

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(this::apply)
        .withMessageContaining("NAME_TAKEN");
    assertThat(asked()).hasSize(10);
  }

  @Test
  void theFilesComeBeforeTheDefinition() throws IOException {
    Files.writeString(folder.resolve("main.py"), "print()");
    Files.writeString(file, "name: a\nautomated:\n  bundle: {entry: main.py, files: ['*.py']}\n");
    service.problem(404, "NOT_FOUND", "no").json(201, "{'digest':'sha256:x'}").json(201, "{}");

    apply();

    assertThat(asked().subList(0, 2)).containsExactly("GET /tasks/a", "POST /bundles");
    assertThat(asked().getLast()).startsWith("POST /tasks?file=task.yaml&bundle=sha256");
    assertThat(service.asked().getLast().body()).isEqualTo(Files.readString(file));
  }

  @Test
  void aNameThatNoTaskCanHaveIsNotAskedFor() throws IOException {
    Files.writeString(file, "name: ../keys\n");
    service.problem(422, "DEFINITION_INVALID", "bad name");

    assertThatExceptionOfType(ProblemException.class).isThrownBy(this::apply);
    assertThat(asked()).containsExactly("POST /tasks?file=task.yaml");
  }

  @Test
  void aBundleThatIsNotThereYetIsNoMistake() throws IOException {
    Files.writeString(folder.resolve("main.py"), "print()");
    Files.writeString(file, "name: a\nautomated:\n  bundle: {entry: main.py, files: ['*.py']}\n");
    service.json(
        200,
        "{'valid':false,'errors':[{'pointer':'/automated/bundle/digest','keyword':'UNKNOWN_BUNDLE',"
            + "'message':'m'},{'pointer':'/name','keyword':'k','message':'m'}]}");

    assertThat(applying.violations(DefinitionFile.read(file)))
        .extracting(violation -> violation.pointer())
        .containsExactly("/name");
  }
}
