package io.taskwright.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.taskwright.acceptance.Visit.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.taskwright.testkit.Rest;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Drafts, what differs between versions, and the way back, at the page. */
class PageVersionsIT {
  private static final Map<String, String> YAML = Map.of("Content-Type", "application/yaml");

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

  /** A task that takes a number, up to {@code most} if that is not 0, and gives it back. */
  private static String definition(String name, int most) {
    String bound = most == 0 ? "" : ", maximum: " + most;
    return """
    # Gives a number back.
    name: %s
    automated:
      runtime: javascript
      source: |
        function main(input) { return input; }
    inputSchema:
      type: object
      properties: {n: {type: integer%s}}
    """
        .formatted(name, bound);
  }

  /** Defines such a task without a bound. */
  private String define() {
    String name = Tasks.name("versions");
    assertThat(rest.call("POST", "/tasks", YAML, definition(name, 0)).status()).isEqualTo(201);
    return name;
  }

  private void draft(String task, int most) {
    assertThat(rest.call("PUT", "/tasks/" + task + "/draft", YAML, definition(task, most)).status())
        .isEqualTo(201);
  }

  /** Makes the next version, beside whatever draft there is. */
  private void revise(String task, int version, int most) {
    Map<String, String> headers =
        Map.of("Content-Type", "application/yaml", "If-Match", "\"" + version + "\"");
    assertThat(rest.call("PUT", "/tasks/" + task, headers, definition(task, most)).status())
        .isEqualTo(200);
  }

  private static Locator editor(Page page) {
    return page.getByLabel("Definition of the task");
  }

  @Test
  void aDraftIsBegunHeldAgainstWhatWasAndPublishedWithANote() {
    String task = define();
    rest.run(task, "{\"n\":3}");
    String large = rest.run(task, "{\"n\":30}").get("id").stringValue();
    Page page = visit.to("/tasks/" + task);
    assertThat(editor(page)).containsText("# Gives a number back."); // comments are kept
    Visit.paste(editor(page), definition(task, 10));
    button(page, "Save as draft").click();
    assertThat(page).hasURL(Pattern.compile("tab=draft"));
    assertThat(page.getByText("Based on version 1")).isVisible();
    assertThat(rest.get("/tasks/" + task).json().get("version").intValue()).isEqualTo(1);

    button(page, "Check").click();
    assertThat(page.getByText("Of the last 2 executions, 1 input and 0 outputs")).isVisible();
    Locator refused = page.locator("section.panel tbody tr");
    assertThat(refused).hasCount(1);
    assertThat(refused).containsText("/n");
    assertThat(refused.locator("a"))
        .hasAttribute("href", Pattern.compile("/ui/executions/" + large));

    page = visit.to("/tasks?q=" + task);
    page.getByLabel("Draft: " + task).click();
    button(page, "Publish…").click();
    page.getByLabel("Note").fill("only small numbers");
    page.getByLabel("Refuse if it would refuse").check();
    button(page, "Publish version 2").click();
    assertThat(page.locator("dialog")).containsText("WOULD_REFUSE");
    page.getByLabel("Refuse if it would refuse").uncheck();
    button(page, "Publish version 2").click();
    assertThat(page.locator("tbody")).containsText("only small numbers");
    assertThat(rest.get("/tasks/" + task + "/draft").status()).isEqualTo(404);
    assertThat(rest.get("/tasks/" + task + "/source").body()).contains("maximum: 10", "# Gives");
  }

  @Test
  void aTaskBeginsAsADraftThatMayBeWrong() {
    String name = Tasks.name("begun");
    Page page = visit.to("/tasks/new");
    Visit.paste(editor(page), definition(name, 0).replace("javascript", "cobol"));
    assertThat(page.locator(".faults li")).hasCount(1);
    button(page, "Save as draft").click();
    assertThat(page.getByText("Nothing is published yet")).isVisible();
    assertThat(button(page, "Publish…")).isDisabled();
    Visit.paste(editor(page), definition(name, 0));
    button(page, "Save draft").click();
    assertThat(page.getByText("The draft is saved.")).isVisible();
    button(page, "Delete draft").click();
    assertThat(page.locator("dialog")).containsText("and with it the task");
    button(page, "Back").click();
    button(page, "Publish…").click();
    button(page, "Publish version 1").click();
    assertThat(page).hasURL(Pattern.compile("/ui/tasks/" + name + "\\?tab=start"));
    assertThat(rest.get("/tasks/" + name).json().get("version").intValue()).isEqualTo(1);
  }

  @Test
  void whoSavesADraftSecondIsShownTheirsAndMayKeepOne() {
    String task = define();
    draft(task, 10);
    Page page = visit.to("/tasks/" + task + "?tab=draft");
    assertThat(editor(page)).containsText("maximum: 10");
    Visit.paste(editor(page), definition(task, 77));
    String tag = rest.get("/tasks/" + task + "/draft").header("etag").orElseThrow();
    Map<String, String> headers = Map.of("Content-Type", "application/yaml", "If-Match", tag);
    rest.call("PUT", "/tasks/" + task + "/draft", headers, definition(task, 55));
    button(page, "Save draft").click();
    Locator dialog = page.locator("dialog");
    assertThat(dialog).containsText("Somebody else saved the draft first");
    assertThat(dialog).containsText("55");
    button(page, "Save mine over it").click();
    assertThat(page.getByText("The draft is saved.")).isVisible();
    assertThat(rest.get("/tasks/" + task + "/draft").body()).contains("77");
  }

  @Test
  void aDraftThatIsBehindSaysWhatCameBetweenAndHowToGoOn() {
    String task = define();
    draft(task, 10);
    revise(task, 1, 99);
    Page page = visit.to("/tasks/" + task + "?tab=draft");
    assertThat(page.getByText("Version 2 was published since")).isVisible();
    assertThat(button(page, "Publish…")).isDisabled();
    page.getByText("What the draft would change in version 2").click();
    assertThat(page.locator(".comparison")).containsText("/inputSchema/properties/n/maximum");
    page.goBack();
    button(page, "It stands on version 2 now").click();
    assertThat(page.getByText("Based on version 2")).isVisible();
    button(page, "Publish…").click();
    button(page, "Publish version 3").click();
    assertThat(page.locator("tbody tr")).hasCount(3);
  }

  @Test
  void aDraftThatFallsBehindWhileItIsPublishedIsRefusedInWords() {
    String task = define();
    draft(task, 10);
    Page page = visit.to("/tasks/" + task + "?tab=draft");
    button(page, "Publish…").click();
    revise(task, 1, 99);
    button(page, "Publish version 2").click();
    assertThat(page.locator("dialog")).containsText("DRAFT_OUTDATED");
    button(page, "Show it as it is now").click();
    assertThat(page.getByText("Version 2 was published since")).isVisible();
  }

  @Test
  void anyTwoVersionsAreComparedAndAnOlderOneComesBack() {
    String task = define();
    revise(task, 1, 100);
    revise(task, 2, 10);
    Page page = visit.to("/tasks/" + task + "?tab=versions");
    page.locator(".bar select").first().selectOption("1");
    page.locator(".bar select").last().selectOption("3");
    assertThat(page).hasURL(Pattern.compile("from=1&to=3"));
    assertThat(page.locator(".judged").first()).hasText("breaking");
    assertThat(page.locator(".judged").last()).hasText("same");
    assertThat(page.locator(".comparison tbody")).containsText("/inputSchema/properties/n/maximum");
    button(page, "Roll back to v1").click();
    page.getByLabel("Note").fill("too small");
    button(page, "Make version 4").click();
    assertThat(page.locator("tbody").first()).containsText("equal to v1");
    assertThat(page.locator("tbody").first()).containsText("too small");
    assertThat(rest.get("/tasks/" + task).json().at("/origin/version").intValue()).isEqualTo(1);
  }

  @Test
  void aVersionAndATaskAreArchivedAndTakenOutAgain() {
    String task = define();
    revise(task, 1, 100);
    Page page = visit.to("/tasks/" + task + "?tab=versions");
    button(page, "Archive v1").click();
    button(page, "Archive the version").click();
    assertThat(page.locator("tbody tr").last()).containsText("archived");
    button(page, "Unarchive v1").click();
    assertThat(button(page, "Archive v1")).isVisible();

    button(page, "Archive…").click();
    button(page, "Archive the task").click();
    assertThat(page.getByText("it cannot be started or changed")).isVisible();
    assertThat(page.getByText("Start", new Page.GetByTextOptions().setExact(true))).hasCount(0);
    page = visit.to("/tasks?q=" + task);
    assertThat(page.getByText("No task has")).isVisible();
    page.getByLabel("State").selectOption("archived");
    assertThat(page.locator("tbody tr")).hasCount(1);
    page = visit.to("/tasks/" + task);
    button(page, "Unarchive").click();
    assertThat(button(page, "Archive…")).isVisible();
    assertThat(rest.get("/tasks/" + task).json().has("archived")).isFalse();
  }

  @Test
  void aDraftIsPublishedWithTheKeyboardAlone() {
    String task = define();
    draft(task, 10);
    Page page = visit.to("/tasks/" + task + "?tab=draft");
    assertThat(page.getByText("Valid")).isVisible();
    button(page, "Save draft").waitFor();
    Visit.tabTo(page, "Publish…");
    page.keyboard().press("Enter");
    assertThat(page.getByLabel("Note")).isFocused();
    page.keyboard().press("Escape");
    assertThat(page.locator("dialog")).hasCount(0);
    assertThat(button(page, "Publish…")).isFocused();
    page.keyboard().press("Enter");
    page.keyboard().insertText("typed");
    page.keyboard().press("Enter");
    assertThat(page.locator("tbody")).containsText("typed");
  }
}
