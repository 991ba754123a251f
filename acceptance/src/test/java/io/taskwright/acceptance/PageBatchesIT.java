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

/** One operation on many executions, at the page. */
class PageBatchesIT {
  private static final String ENDLESS = "while true; do sleep 0.2; done";
  private static final String BROKEN = "function main() { throw new Error('no'); }";

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

  /** A task with that many executions that failed. */
  private String failed(int count) {
    String task = Tasks.define(rest, Tasks.of("javascript", BROKEN));
    for (int i = 0; i < count; i++) {
      rest.run(task, "{}");
    }
    return task;
  }

  private static Locator items(Page page) {
    return page.locator(".items tbody tr");
  }

  @Test
  void thoseThatAreChosenAreCancelledAndEachSaysWhatCameOfIt() {
    String task = Tasks.define(rest, Tasks.of("bash", ENDLESS));
    for (int i = 0; i < 3; i++) {
      rest.start(task, "{}");
    }
    Page page = visit.to("/executions?task=" + task);
    assertThat(page.locator("tbody tr")).hasCount(3);
    page.getByLabel("Select all that are shown").check();
    button(page, "Cancel").click();
    assertThat(page.getByText("3 executions fit.")).isVisible();
    page.getByLabel("Reason").fill("seen enough");
    button(page, "Cancel 3").click();
    assertThat(page).hasURL(Pattern.compile("/ui/batches/"));
    assertThat(status(page, "Completed")).isVisible();
    assertThat(items(page).locator(".s-completed")).hasCount(3);
    assertThat(page.locator(".facts")).containsText("seen enough");
    page = visit.to("/executions?task=" + task);
    assertThat(page.locator("tbody .s-cancelled")).hasCount(3);
  }

  @Test
  void allThatFitTheFiltersAreRetriedUnderANameAndListed() {
    String task = failed(4);
    Page page = visit.to("/executions?task=" + task + "&status=FAILED");
    assertThat(page.locator("tbody tr")).hasCount(4);
    button(page, "All that fit these filters…").click();
    Locator dialog = page.locator("dialog");
    assertThat(dialog).containsText("4 executions fit. All of them can have this done now.");
    String name = "retry of " + task;
    dialog.getByLabel("Name").fill(name);
    button(page, "Retry 4").click();
    assertThat(page.locator("h1")).containsText(name);
    assertThat(items(page)).hasCount(4);
    assertThat(items(page).getByText("new execution")).hasCount(4);
    assertThat(page.locator(".facts .made").first()).isVisible();
    assertThat(page.locator(".facts")).containsText("task: " + task);
    button(page, "Refused 0").click();
    assertThat(page).hasURL(Pattern.compile("status=FAILED"));
    assertThat(page.getByText("No execution of the batch has this result.")).isVisible();
    page.reload();
    assertThat(button(page, "Refused 0")).hasAttribute("aria-pressed", "true");
    page = visit.to("/batches");
    assertThat(page.locator("tbody tr").getByText(name)).isVisible();
  }

  @Test
  void whatDoesNotFitIsSaidBeforeAndSkipped() {
    String task = failed(1);
    Page page = visit.to("/executions?task=" + task);
    page.getByLabel("Select all that are shown").check();
    button(page, "More…").click();
    page.getByLabel("Operation").selectOption("pause");
    assertThat(page.getByText("0 of them can have this done now; the others are skipped."))
        .isVisible();
    button(page, "Pause 1").click();
    assertThat(items(page)).containsText("ALREADY_ENDED");
    assertThat(items(page).locator(".status")).hasText("Skipped");
  }

  @Test
  void othersThanWereCountedAreNotTouched() {
    String task = failed(1);
    Page page = visit.to("/executions?task=" + task + "&status=FAILED");
    button(page, "All that fit these filters…").click();
    assertThat(page.getByText("1 execution fits.")).isVisible();
    rest.run(task, "{}");
    button(page, "Retry 1").click();
    assertThat(page.getByText("Other executions fit now than were counted.")).isVisible();
    button(page, "Retry 2").click();
    assertThat(items(page)).hasCount(2);
  }

  @Test
  void aBatchIsAbortedAndWhatHadNoTurnStays() {
    String task = failed(3);
    Page page = visit.to("/executions?task=" + task + "&status=FAILED");
    button(page, "All that fit these filters…").click();
    page.getByLabel("Executions per second").fill("0.01");
    button(page, "Retry 3").click();
    assertThat(button(page, "Succeeded 1")).isVisible();
    assertThat(status(page, "Running")).isVisible();
    button(page, "Abort").click();
    page.getByLabel("Reason").fill("a mistake");
    button(page, "Abort the batch").click();
    assertThat(status(page, "Aborted")).isVisible();
    assertThat(page.locator(".facts")).containsText("a mistake");
    assertThat(items(page).getByText("Pending")).hasCount(2);
    assertThat(button(page, "Abort")).hasCount(0);
  }

  @Test
  void aBatchIsBegunWithTheKeyboardAlone() {
    String task = failed(1);
    Page page = visit.to("/executions?task=" + task + "&status=FAILED");
    assertThat(page.locator("tbody tr")).hasCount(1);
    Visit.tabTo(page, "All that fit these filters…");
    page.keyboard().press("Enter");
    assertThat(page.getByLabel("Operation")).isFocused();
    assertThat(button(page, "Retry 1")).isEnabled();
    Visit.tabTo(page, "Retry 1");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("/ui/batches/"));
    assertThat(items(page)).hasCount(1);
  }

  @Test
  void whoMayOnlyLookIsOfferedNoOperation() {
    String task = failed(1);
    String viewer =
        rest.post("/keys", "{\"name\":\"" + task + "\",\"role\":\"viewer\"}")
            .json()
            .get("secret")
            .stringValue();
    try (Visit looking = Visit.ofNobody()) {
      Page page = looking.to("/executions?task=" + task);
      page.getByLabel("API key").fill(viewer);
      button(page, "Sign in").click();
      assertThat(page.locator("tbody tr")).hasCount(1);
      assertThat(button(page, "All that fit these filters…")).hasCount(0);
      looking.assertNoMisdeeds();
    }
  }
}
