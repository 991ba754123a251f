package io.taskwright.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.taskwright.acceptance.Visit.button;
import static io.taskwright.acceptance.Visit.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.taskwright.testkit.Rest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people do at the page, in a real browser on the real service. */
class PageIT {
  private static final String GREETING =
      "function main(input) { console.log('greeting ' + input.name); return {hello: input.name}; }";
  private static final String GREETING_INPUT =
      "{'inputSchema': {'type': 'object', 'required': ['name', 'kind'], 'properties': {"
          + "'name': {'type': 'string', 'minLength': 2},"
          + "'kind': {'enum': ['short', 'long'], 'default': 'short'},"
          + "'guests': {'type': 'array', 'items': {'type': 'object', 'properties': {"
          + "'age': {'type': 'integer', 'minimum': 18}}}}}}}";
  private static final String ENDLESS =
      "i=0; while true; do i=$((i+1)); echo line $i; sleep 0.2; done";

  private final Rest rest = Shared.rest();
  private Visit visit = Visit.ofNobody();

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
  }

  @AfterEach
  void leave() {
    visit.assertNoMisdeeds();
    visit.close();
  }

  private Page signedIn() {
    return visit.signedIn().page();
  }

  @Test
  void whoHasAKeyComesInAndAfterSigningOutNothingIsKept() {
    Page page = visit.to("/executions?status=FAILED");
    page.getByLabel("API key").fill("tw_nonsense");
    button(page, "Sign in").click();
    assertThat(page.getByText("does not know this key")).isVisible();
    page.getByLabel("API key").fill(Shared.installation().adminKey());
    button(page, "Sign in").click();
    assertThat(page).hasURL(Pattern.compile("/ui/executions\\?status=FAILED$"));
    assertThat(heading(page, "Executions")).isVisible();
    assertThat(page.evaluate("localStorage.getItem('taskwright.key')")).isNull();
    page.reload();
    assertThat(heading(page, "Executions")).isVisible();
    button(page, "Sign out").click();
    assertThat(page.getByLabel("API key")).isVisible();
    assertThat(page.evaluate("sessionStorage.length")).isEqualTo(0);
    assertThat(page.evaluate("localStorage.getItem('taskwright.key')")).isNull();
  }

  private static Locator heading(Page page, String name) {
    return page.locator("h1", new Page.LocatorOptions().setHasText(name));
  }

  @Test
  void anErrorStandsAtItsLineUntilItIsMended() {
    String name = Tasks.name("written");
    signedIn();
    Page page = visit.to("/tasks/new");
    Locator editor = page.getByLabel("Definition of the task");
    Visit.paste(editor, definition(name, "cobol"));
    Locator fault = page.locator(".faults li");
    assertThat(fault).hasCount(1);
    assertThat(fault).containsText("line 3");
    assertThat(fault).containsText("/automated/runtime");
    assertThat(button(page, "Create task")).isDisabled();
    Visit.paste(editor, definition(name, "bash"));
    button(page, "Create task").click();
    assertThat(page).hasURL(Pattern.compile("/ui/tasks/" + name));
    assertThat(rest.get("/tasks/" + name).status()).isEqualTo(200);
  }

  private static String definition(String name, String runtime) {
    return "name: " + name + "\nautomated:\n  runtime: " + runtime + "\n  source: echo 1\n";
  }

  @Test
  void aFormMadeFromTheSchemaStartsTheTask() {
    String task = Tasks.define(rest, Tasks.of("javascript", GREETING, GREETING_INPUT));
    signedIn();
    Page page = visit.to("/tasks/" + task + "?tab=start");
    page.locator("#input_name").fill("A");
    button(page, "Add").click();
    page.locator("#input_guests_0_age").fill("7");
    page.getByText("Start " + task).click();
    assertThat(page.locator(".error-detail")).hasCount(2); // both at once, each at its field
    page.locator("#input_name").fill("Ada");
    page.locator("#input_guests_0_age").fill("36");
    button(page, "Preview").click();
    assertThat(page.getByText("This would start")).isVisible();
    page.getByText("Start " + task).click();
    assertThat(status(page, "Completed")).isVisible();
    assertThat(page.locator(".log-text").first()).hasText("greeting Ada");
    page.getByText("Input and output").click();
    assertThat(page.getByLabel("Input", new Page.GetByLabelOptions().setExact(true)))
        .containsText("\"short\"");
    assertThat(page.getByLabel("Output", new Page.GetByLabelOptions().setExact(true)))
        .containsText("\"Ada\"");
  }

  @Test
  void theLogIsSeenWhileItIsWrittenAndTheWorkCanBeCancelledAndRetried() {
    String task = Tasks.define(rest, Tasks.of("bash", ENDLESS));
    String id = rest.start(task, "{}");
    signedIn();
    Page page = visit.to("/executions/" + id);
    assertThat(page.locator(".log-text").getByText("line 3", exactly())).isVisible();
    assertThat(status(page, "Running")).isVisible();
    button(page, "Cancel").click();
    page.getByLabel("Reason").fill("seen enough");
    button(page, "Cancel the execution").click();
    assertThat(status(page, "Cancelled")).isVisible();
    assertThat(page.getByText("seen enough").first()).isVisible();
    button(page, "Retry").click();
    assertThat(page.getByText("Retry of")).isVisible();
    assertThat(page).not().hasURL(Pattern.compile(id));
    assertThat(status(page, "Running")).isVisible();
    button(page, "Cancel").click();
    button(page, "Cancel the execution").click();
    assertThat(status(page, "Cancelled")).isVisible();
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  @Test
  void whatEndedIsDoneAgainWithAnotherInput() {
    String task = Tasks.define(rest, Tasks.of("javascript", GREETING, GREETING_INPUT));
    String id = rest.run(task, "{\"name\":\"Ada\",\"kind\":\"long\"}").get("id").stringValue();
    signedIn();
    Page page = visit.to("/executions/" + id + "?tab=data");
    button(page, "Rerun…").click();
    page.locator("#input_name").fill("Grace");
    button(page, "Rerun").click();
    assertThat(page.getByText("Rerun of")).isVisible();
    assertThat(status(page, "Completed")).isVisible();
    page.getByText("Input and output").click();
    assertThat(page.getByLabel("Output", new Page.GetByLabelOptions().setExact(true)))
        .containsText("\"Grace\"");
  }

  @Test
  void whoSavesSecondIsShownWhatTheFirstOneSaved() {
    String task = Tasks.define(rest, Tasks.of("bash", "echo 1", "{'description': 'as it was'}"));
    signedIn();
    Page page = visit.to("/tasks/" + task);
    Locator editor = page.getByLabel("Definition of the task");
    assertThat(editor).containsText("as it was");
    Visit.paste(editor, definition(task, "bash") + "description: mine\n");
    String theirs =
        "{\"name\":\""
            + task
            + "\",\"description\":\"theirs\",\"automated\":{\"runtime\":\"bash\",\"source\":\"echo"
            + " 2\"}}";
    rest.call(
        "PUT",
        "/tasks/" + task,
        java.util.Map.of("Content-Type", "application/json", "If-Match", "\"1\""),
        theirs);
    button(page, "Save as version 2").click();
    Locator dialog = page.locator("dialog");
    assertThat(dialog).containsText("Somebody else saved first");
    assertThat(dialog).containsText("theirs");
    dialog.getByText("Save mine as the next version").click();
    assertThat(page.getByText("Saved as version 3.")).isVisible();
    assertThat(rest.get("/tasks/" + task).json().get("description").stringValue())
        .isEqualTo("mine");
  }

  @Test
  void filtersStandInTheAddressAndSurviveAReload() {
    String good = Tasks.define(rest, Tasks.of("javascript", "function main() { return 1; }"));
    rest.run(good, "{}");
    String bad = Tasks.define(rest, Tasks.of("javascript", "function main() { throw 1; }"));
    rest.run(bad, "{}");
    signedIn();
    Page page = visit.to("/executions");
    page.getByLabel("Task", new Page.GetByLabelOptions().setExact(true)).fill(bad);
    assertThat(page).hasURL(Pattern.compile("task=" + bad));
    button(page, "Failed").click();
    assertThat(page).hasURL(Pattern.compile("status=FAILED"));
    assertThat(page.locator("tbody tr")).hasCount(1);
    page.reload();
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody tr")).containsText("CODE_ERROR");
    assertThat(page.getByLabel("Task", new Page.GetByLabelOptions().setExact(true))).hasValue(bad);
    assertThat(button(page, "Failed")).hasAttribute("aria-pressed", "true");
    button(page, "Failed").click();
    button(page, "Completed").click();
    assertThat(page.getByText("No execution fits these filters.")).isVisible();
    page.goBack();
    page.goBack();
    assertThat(page.locator("tbody tr")).hasCount(1);
  }

  @Test
  void aServiceThatIsAwayIsSaidAndTriedAgain() {
    signedIn();
    Page page = visit.to("/executions");
    assertThat(heading(page, "Executions")).isVisible();
    visit.offline(true);
    assertThat(page.getByText("The service does not answer. What you see may be old.").first())
        .isVisible();
    visit.offline(false);
    button(page, "Try again").click();
    assertThat(page.locator(".away")).hasCount(0);
    visit.close();
    visit = Visit.ofNobody(); // the browser itself reports requests that found no network
  }
}
