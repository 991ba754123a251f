package io.taskwright.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.taskwright.acceptance.Visit.tabTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.taskwright.testkit.Rest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What strangers' text can do at the page (nothing), and who can use it (everybody). */
class PageSafetyIT {
  private static final String MARKUP =
      "<img src=x onerror=\"window.harmed=1\"><script>window.harmed=1</script>";
  private static final String QUOTED = "'" + MARKUP + "'\n";
  private static final Map<String, String> YAML = Map.of("Content-Type", "application/yaml");
  private static final String LINK = "javascript:window.harmed=1";

  private final Rest rest = Shared.rest();

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
  }

  /** A task that says hostile things in its description, schema, log, output or failure. */
  private String hostile(String end) {
    String source =
        "function main(input) { console.log(input.text);"
            + " console.log('\\u001b[31mred\\u001b[0m\\u001b]8;;javascript:alert(1)\\u0007link\\u001b[2J');"
            + " console.log('abc\\u202edcba');"
            + end
            + "}";
    ObjectNode definition = Tasks.of("javascript", source);
    definition.put("description", MARKUP);
    ObjectNode text =
        definition
            .putObject("inputSchema")
            .put("type", "object")
            .putObject("properties")
            .putObject("text");
    text.put("title", MARKUP)
        .put("description", "[click](" + LINK + ") " + MARKUP)
        .put("default", MARKUP);
    return Tasks.define(rest, definition);
  }

  private String run(String task) {
    ObjectNode start = Tasks.json("{}");
    start.putObject("input").put("text", MARKUP);
    start.putObject("labels").put("note", "<b onclick=harm()>" + LINK);
    return rest.post(
            "/tasks/" + task + "/executions", Map.of("Prefer", "wait=30"), start.toString())
        .json()
        .get("id")
        .stringValue();
  }

  /** A batch of one, with a hostile name. */
  private String batchOf(String execution) {
    ObjectNode batch = Tasks.json("{'operation': 'retry'}").put("name", MARKUP);
    batch.putArray("executions").add(execution);
    return rest.post("/batches", batch.toString()).json().get("id").stringValue();
  }

  @Test
  void whatStrangersWriteIsShownAndDoesNothing() {
    String task = hostile("return {text: input.text, link: '" + LINK + "'};");
    String id = run(task);
    String failed = run(hostile("throw new Error(input.text);"));
    try (Visit visit = Visit.ofAdministrator()) {
      Page page = visit.to("/tasks?q=" + task);
      assertThat(page.locator("tbody")).containsText("<img src=x");
      page = visit.to("/tasks/" + task + "?tab=start");
      assertThat(page.locator("main label").first()).containsText("<img src=x");
      page = visit.to("/executions/" + id);
      assertThat(page.locator(".log-text").first()).hasText(MARKUP);
      assertThat(page.locator(".log-text").nth(1)).hasText("redlink");
      assertThat(page.locator(".log-text").nth(1).locator(".fg-red")).hasText("red");
      assertThat(page.locator(".log-text").nth(2)).hasText("abc⟨U+202E⟩dcba");
      page = visit.to("/executions/" + id + "?tab=data");
      assertThat(page.locator(".data")).containsText(LINK);
      page = visit.to("/executions/" + failed + "?tab=attempts");
      assertThat(page.locator(".failure")).containsText("<img src=x");
      page = visit.to("/batches/" + batchOf(failed));
      assertThat(page.locator("h1")).containsText("<img src=x");
      page = visit.to("/executions?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&label=a%3D%3Cb%3E");
      assertThat(page.getByText("No execution fits these filters.")).isVisible();
      assertThat(page.evaluate("window.harmed ?? null")).isNull();
      assertThat(page.locator("main img, main script, a[href^='javascript']")).hasCount(0);
      visit.assertNoMisdeeds();
    }
  }

  @Test
  void neverKnowsATextOfTheAddressAsMarkup() {
    try (Visit visit = Visit.ofAdministrator()) {
      Page page = visit.to("/tasks/%3Cimg%20src=x%20onerror=alert(1)%3E");
      assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT).last())
          .isVisible();
      assertThat(page.locator("main img")).hasCount(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void everyRoomIsForEverybody(String colours) {
    String task = hostile("return 1;");
    String id = run(task);
    String failed = run(hostile("throw new Error('x');"));
    String batch = batchOf(failed);
    rest.call(
        "PUT", "/tasks/" + task + "/draft", YAML, "name: " + task + "\ndescription: " + QUOTED);
    List<String> rooms =
        List.of(
            "/tasks",
            "/tasks/new",
            "/tasks/" + task,
            "/tasks/" + task + "?tab=start",
            "/tasks/" + task + "?tab=versions&from=1&to=draft",
            "/tasks/" + task + "?tab=draft",
            "/tasks?state=archived",
            "/executions",
            "/batches",
            "/batches/" + batch,
            "/executions/" + id,
            "/executions/" + id + "?tab=data",
            "/executions/" + failed + "?tab=timeline",
            "/executions/" + failed + "?tab=attempts",
            "/executions/" + id + "?tab=files");
    for (int width : new int[] {1280, 390}) {
      try (Visit visit = Visit.of(colours, width)) {
        assertThat(visit.to("/tasks").getByLabel("API key")).isVisible();
        assertThat(visit.barriers()).as("sign in").isEmpty();
        visit.signedIn();
        for (String room : rooms) {
          Page page = visit.to(room);
          assertThat(page.locator("h1").first()).isVisible();
          assertThat(page.getByText("Loading…")).hasCount(0);
          assertThat(visit.barriers()).as(room + " at " + width).isEmpty();
          assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
              .as("hangs over: " + room)
              .isLessThanOrEqualTo(0);
        }
        visit.assertNoMisdeeds();
      }
    }
  }

  @Test
  void theKeyboardIsEnough() {
    String task = Tasks.define(rest, Tasks.of("javascript", "function main() { return 'typed'; }"));
    try (Visit visit = Visit.ofNobody()) {
      Page page = visit.to("/tasks");
      assertThat(page.getByLabel("API key")).isFocused();
      page.keyboard().insertText(Shared.installation().adminKey());
      page.keyboard().press("Enter");
      assertThat(page.getByLabel("Search by name")).isVisible();
      tabTo(page, "Search by name");
      page.keyboard().insertText(task);
      assertThat(page.locator("tbody tr")).hasCount(1);
      tabTo(page, task);
      page.keyboard().press("Enter");
      tabTo(page, "Start");
      page.keyboard().press("Enter");
      tabTo(page, "Start " + task + " v1");
      page.keyboard().press("Enter");
      assertThat(page.locator("h1 .status")).hasText("Completed");
      visit.assertNoMisdeeds();
    }
  }
}
