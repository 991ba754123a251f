package io.taskwright.app.client;

import io.taskwright.app.terminal.Harmless;
import io.taskwright.app.terminal.Paint;
import io.taskwright.client.Preview;
import java.time.Duration;

/** What a start would do, for a person. */
final class PreviewText {
  private PreviewText() {}

  static String of(Preview preview, Paint paint) {
    if (!preview.valid()) {
      return paint.red("It would be refused:") + "\n" + Refusals.text(preview.errors()) + "\n";
    }
    StringBuilder text = new StringBuilder(paint.green("It would be started.")).append('\n');
    text.append(
        "  pool '%s': %s%n"
            .formatted(Harmless.line(preview.pool()), Harmless.line(preview.reason())));
    if (!preview.awaited().isEmpty()) {
      text.append(
          "  it waits until it is told: %s%n".formatted(String.join(", ", preview.awaited())));
    }
    if (!preview.checkedBy().isEmpty()) {
      text.append("  it is checked by %s%n".formatted(String.join(", ", preview.checkedBy())));
    }
    preview
        .expected()
        .ifPresent(expected ->
            text.append(
                "  half of the last %d took up to %s, nine of ten up to %s%n"
                    .formatted(expected.sample(), time(expected.half()), time(expected.most()))));
    preview
        .warnings()
        .forEach(warning ->
            text.append(
                "  %s %s%n"
                    .formatted(paint.yellow(warning.code()), Harmless.line(warning.message()))));
    return text.toString();
  }

  private static String time(String iso) {
    return "%.1f s".formatted(Duration.parse(iso).toMillis() / 1000.0);
  }
}
