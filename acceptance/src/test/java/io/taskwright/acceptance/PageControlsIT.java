package io.taskwright.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.taskwright.acceptance.Visit.button;
import static io.taskwright.acceptance.Visit.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.taskwright.testkit.Rest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Steering an execution, seeing what it waits for, and trying a task out, at the page. */
class PageControlsIT {
  private static final String ENDLESS = "while true; do sleep 0.2; done";
  private static final String ECHO = "function main(input) { return input; }";

  private static final String NUMBER =
      "{'inputSchema': {'type': 'object', 'properties': {'n': {'type': 'integer', 'maximum':"
          + " 99}}}}";

  private final Rest rest = Shared.rest();
  private final Visit visit = Visit.ofAdministrator();

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
  }

  @AfterEach
  void leave() {
    visit.assertNoMisdeeds();
    visit.close();
  }

  @Test
  void whatWaitsForALimitSaysWhoIsAheadAndEveryCommandIsThere() {
    String task = Tasks.define(rest, Tasks.of("bash", ENDLESS, "{'concurrency': {'limit': 1}}"));
    String first = rest.start(task, "{}");
    String second = rest.start(task, "{}");
    final String third = rest.start(task, "{}");
    Page page = visit.to("/executions/" + third);
    assertThat(page.getByText("It waits for the limit of 1 at once")).isVisible();
    assertThat(page.getByText("1 goes before it.")).isVisible();
    page.getByText("What is under way").click();
    assertThat(page.locator("tbody tr")).hasCount(1);
    page = visit.to("/executions/" + third);
    button(page, "Priority").click();
    page.locator("dialog").getByLabel("Priority").selectOption("1");
    button(page, "Change the priority").click();
    assertThat(page.getByText("It is the next one.")).isVisible();
    button(page, "Pause").click();
    page.getByLabel("Reason").fill("lunch");
    button(page, "Pause the execution").click();
    assertThat(status(page, "Paused")).isVisible();
    button(page, "Repair…").click();
    button(page, "Repair it").click();
    assertThat(page.getByText("Nothing was wrong.")).isVisible();
    button(page, "Close").click();
    button(page, "Resume").click();
    button(page, "Resume the execution").click();
    assertThat(status(page, "Received")).isVisible();
    button(page, "Skip").click();
    page.getByLabel("Output").fill("{\"given\": true}");
    button(page, "Complete with this output").click();
    assertThat(status(page, "Completed")).isVisible();
    page.getByText("Timeline").click();
    assertThat(page.locator(".timeline")).containsText("lunch");
    assertThat(rest.execution(third).at("/output/given").booleanValue()).isTrue();
    page = visit.to("/executions/" + first);
    button(page, "Terminate").click();
    button(page, "Terminate the execution").click();
    assertThat(status(page, "Cancelled")).isVisible();
    assertThat(rest.post("/executions/" + second + "/terminate", "{}").status()).isEqualTo(202);
  }

  @Test
  void theTimelineTellsEachWaitWithItsCause() {
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "bash",
                "exit 3",
                "{'retryPolicy': {'maxRetries': 1, 'retryInterval': 'PT6S',"
                    + " 'retryableErrors': ['CODE_ERROR']}}"));
    String id = rest.start(task, "{}");
    Page page = visit.to("/executions/" + id + "?tab=timeline");
    assertThat(page.getByText("It waits for attempt 2")).isVisible();
    assertThat(status(page, "Failed")).isVisible();
    assertThat(page.locator(".waits tbody")).containsText("attempt 2, PT6S after the one before");
  }

  @Test
  void aDryRunListsWhatWouldBeDoneAndStartsNothing() {
    ObjectNode definition = Tasks.of("javascript", ECHO, NUMBER);
    String task = Tasks.define(rest, definition);
    Page page = visit.to("/tasks/" + task + "?tab=start");
    page.locator("#input_n").fill("200");
    button(page, "Dry run").click();
    assertThat(page.locator(".error-detail")).hasCount(1); // refused like a start, at its field
    page.locator("#input_n").fill("2");
    button(page, "Dry run").click();
    assertThat(page.getByText("Dry run: It would run")).isVisible();
    assertThat(page.getByLabel("What it would have done")).containsText("Do the work");
    assertThat(page.getByLabel("What it would have done")).containsText("IN_PROCESS");
    page.getByText("Show the dry run").click();
    page.getByText("Input and output").click();
    assertThat(page.getByLabel("What it would have done")).containsText("was only noted");
    assertThat(rest.get("/executions?task=" + task).json().get("items").size()).isZero();
  }

  @Test
  void theTestsOfATextThatIsNotSavedAreRun() {
    String name = Tasks.name("tested");
    String text =
        """
        name: %s
        automated:
          runtime: javascript
          source: |
            function main(input) { return {double: input.n * 2}; }
        """
            .formatted(name);
    Page page = visit.to("/tasks/new");
    Visit.paste(page.getByLabel("Definition of the task"), text);
    assertThat(button(page, "Run tests")).hasCount(0);
    String tests =
        """
        tests:
          - {name: doubles, input: {n: 2}, expect: {output: {double: 4}}}
          - {name: is wrong, input: {n: 2}, expect: {output: {double: 5}}}
        """;
    Visit.paste(page.getByLabel("Definition of the task"), text + tests);
    button(page, "Run tests").click();
    assertThat(page.getByText("1 of 2 tests passed")).isVisible();
    assertThat(page.locator(".test.bad")).containsText("is wrong");
    assertThat(page.locator(".test.bad")).containsText("/output/double");
    assertThat(page.locator(".test.bad")).containsText("was 4");
    assertThat(rest.get("/tasks/" + name).status()).isEqualTo(404);
  }
}
