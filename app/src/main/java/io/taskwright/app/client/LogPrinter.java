package io.taskwright.app.client;

import io.taskwright.app.terminal.Documents;
import io.taskwright.app.terminal.OutputForm;
import io.taskwright.app.terminal.Paint;
import io.taskwright.client.LogEntry;
import java.io.PrintWriter;
import tools.jackson.databind.node.JsonNodeFactory;

/** Prints lines of log one by one, each in full, so that they can be read while they come. */
record LogPrinter(PrintWriter out, OutputForm form, TimeOfDay times, Paint paint) {
  /**
   * Prints a line.
   *
   * @return whether somebody still reads
   */
  boolean print(LogEntry entry) {
    out.print(
        switch (form) {
          case TABLE ->
              new LogLine(entry.time(), entry.level(), entry.source(), entry.message())
                      .text(times, paint)
                  + "\n";
          case JSON -> Documents.jsonLine(entry.json());
          case YAML -> Documents.yaml(JsonNodeFactory.instance.arrayNode().add(entry.json()));
        });
    return !out.checkError();
  }
}
