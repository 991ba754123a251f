package io.taskwright.app.temporal;

import io.taskwright.app.data.Template;
import io.taskwright.app.machine.Version;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions of Temporal's programs that this Taskwright was tried with, as go.mod pins them.
 *
 * @param server of the server and its SQL tool
 * @param ui of the Web UI
 */
public record TemporalPins(Version server, Version ui) {
  private static final String SERVER = "go.temporal.io/server";
  private static final String UI = "github.com/temporalio/ui-server/v2";

  /** The pins of this distribution. */
  public static TemporalPins read() {
    String mod = Template.beside(TemporalPins.class, "go.mod").text();
    return new TemporalPins(version(mod, SERVER), version(mod, UI));
  }

  private static Version version(String mod, String module) {
    Matcher line = Pattern.compile("(?m)^\\s*" + Pattern.quote(module) + " v(\\S+)").matcher(mod);
    if (!line.find()) {
      throw new IllegalStateException("go.mod does not pin " + module);
    }
    return Version.in(line.group(1)).orElseThrow();
  }

  /** The name of these versions in the cache. */
  String cacheName() {
    return "temporal-" + server + "-ui-" + ui;
  }
}
