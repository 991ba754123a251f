package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import io.taskwright.testkit.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One visit to the page of the shared installation, in a browser with nothing kept. It notes what a
 * page must not do: errors in the console (refusals of its own policy are among them) and requests
 * to anybody else.
 */
final class Visit implements AutoCloseable {
  /** Long enough for a busy machine. */
  private static final double PATIENCE = 60_000;

  /** More stops than any room has. */
  private static final int FAR = 80;

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final String RULES =
      "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
          + " 'best-practice']}).then(found => found.violations.map(each => each.id + ': ' +"
          + " each.nodes.map(node => node.html).slice(0, 3).join(' | ')))";

  private static final String PASTE =
      "(element, text) => { const data = new DataTransfer(); data.setData('text/plain', text);"
          + " element.dispatchEvent(new ClipboardEvent('paste',"
          + " {clipboardData: data, bubbles: true, cancelable: true})); }";

  private static final Browser BROWSER = launch();

  private final BrowserContext context;
  private final Page page;
  private final List<String> misdeeds = new CopyOnWriteArrayList<>();

  private Visit(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    String origin = Shared.installation().url().toString();
    context.setDefaultTimeout(PATIENCE);
    page.onConsoleMessage(this::hear);
    page.onPageError(error -> misdeeds.add("error: " + error));
    page.onRequest(request -> {
      if (!request.url().startsWith(origin) && !request.url().startsWith("blob:" + origin)) {
        misdeeds.add("request: " + request.url());
      }
    });
  }

  private static Browser launch() {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(CHROMIUM)
                .setArgs(List.of("--no-sandbox")));
  }

  /** A visit of somebody who is not signed in. */
  static Visit ofNobody() {
    return of("light", 1280);
  }

  /**
   * A visit of somebody who is not signed in.
   *
   * @param colours {@code light} or {@code dark}, as chosen at the page: Playwright's own enums are
   *     spelled by the locale of this process, which is an odd one
   */
  static Visit of(String colours, int width) {
    BrowserContext context =
        BROWSER.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(Shared.installation().url().toString())
                .setViewportSize(width, 800)
                .setLocale("en-GB")
                .setTimezoneId("Pacific/Chatham"));
    context.addInitScript("localStorage.setItem('taskwright.theme', '" + colours + "')");
    return new Visit(context);
  }

  /** A visit of the first administrator. */
  static Visit ofAdministrator() {
    return ofNobody().signedIn();
  }

  /** From the next page on, the key is there as after a sign-in. */
  Visit signedIn() {
    context.addInitScript(
        "sessionStorage.setItem('taskwright.key', '" + Shared.installation().adminKey() + "')");
    return this;
  }

  /** A refused request is not the page's fault; everything else that the console says is. */
  private void hear(ConsoleMessage message) {
    boolean refusal = message.text().startsWith("Failed to load resource: the server responded");
    if (!refusal && List.of("error", "warning").contains(message.type())) {
      misdeeds.add(message.type() + ": " + message.text());
    }
  }

  Page page() {
    return page;
  }

  /** Goes to a room, such as {@code /tasks}. */
  Page to(String room) {
    page.navigate("/ui" + room);
    return page;
  }

  /** The button of that whole name. */
  static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The status in the head of a room, when it is that one. */
  static Locator status(Page page, String word) {
    return page.locator("h1 .status", new Page.LocatorOptions().setHasText(word));
  }

  /** Presses Tab until what is focused has that name. */
  static void tabTo(Page page, String name) {
    for (int i = 0; i < FAR; i++) {
      page.keyboard().press("Tab");
      Object focused =
          page.evaluate(
              "(document.activeElement.getAttribute('aria-label') ??"
                  + " document.activeElement.innerText ?? '').trim()");
      if (name.equals(focused)) {
        return;
      }
    }
    throw new AssertionError("Tab does not lead to " + name);
  }

  /** Replaces all of an editor's text as people do it, by pasting. */
  static void paste(Locator editor, String text) {
    editor.press("Control+a");
    editor.evaluate(PASTE, text);
  }

  void offline(boolean offline) {
    context.setOffline(offline);
  }

  /** What axe finds that people could not use. */
  List<?> barriers() {
    page.evaluate(axe());
    return (List<?>) page.evaluate(RULES);
  }

  private static String axe() {
    try {
      return Files.readString(Checkout.root().resolve("api/ui/node_modules/axe-core/axe.min.js"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void assertNoMisdeeds() {
    assertThat(misdeeds).isEmpty();
  }

  @Override
  public void close() {
    context.close();
  }
}
