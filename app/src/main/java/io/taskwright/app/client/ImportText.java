package io.taskwright.app.client;

import io.taskwright.app.terminal.Table;
import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/** What became of many definitions that were brought at once. */
final class ImportText {
  private ImportText() {}

  static void print(JsonNode answer, OutputOption output, PrintWriter out) {
    JsonNode items = answer.path("items");
    Table table = new Table("TASK", "VERSION", "CHANGE", "FILE").cutting("FILE", "TASK");
    for (JsonNode item : items.values()) {
      table.row(
          item.path("name").asString(""),
          item.path("version").asString(""),
          item.path("change").asString("").replace("revised", "new version"),
          item.path("file").asString(""));
    }
    out.print(output.text(items, table::text));
    out.flush();
  }
}
