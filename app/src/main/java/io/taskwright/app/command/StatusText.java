package io.taskwright.app.command;

import io.taskwright.app.process.ProcessId;
import io.taskwright.app.service.Instance;
import io.taskwright.app.supervisor.PartStatus;
import java.util.Locale;

/** The description of an instance, for people. */
final class StatusText {
  private StatusText() {}

  static String of(Instance instance) {
    Instance.Addresses addresses = instance.addresses();
    StringBuilder text = new StringBuilder();
    text.append("%s on %s%n".formatted(word(instance.state()), instance.data()));
    if (instance.reason() != null) {
      text.append("  ").append(instance.reason()).append('\n');
    }
    line(text, "API", addresses.api());
    line(text, "page", addresses.api() + "/ui/");
    if (addresses.temporalUi() != null) {
      line(text, "Temporal UI", addresses.temporalUi());
    }
    if (addresses.temporal() != null) {
      line(text, "Temporal", addresses.temporal());
    }
    line(text, "API key", addresses.apiKeyFile());
    instance.parts().forEach(part -> part(text, part));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append("  %-12s %s%n".formatted(name, value));
  }

  private static void part(StringBuilder text, PartStatus part) {
    ProcessId process = part.process();
    text.append(
        "  %-12s %-11s %-16s %s%n"
            .formatted(
                part.name(),
                word(part.state()),
                part.version(),
                process == null ? "" : "pid " + process.pid()));
    if (part.reason() != null) {
      text.append("    %s (see %s)%n".formatted(part.reason(), part.log()));
    }
  }

  private static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
