package io.taskwright.app.client;

import io.taskwright.app.terminal.Table;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A list as a verb prints it: a table for people, an array for programs. */
final class Listing {
  private final PrintWriter out;
  private final PrintWriter err;
  private final OutputOption output;
  private final TimeOfDay times = TimeOfDay.here();

  Listing(CommandLine verb, OutputOption output) {
    this.out = verb.getOut();
    this.err = verb.getErr();
    this.output = output;
  }

  /** A time as it stands in a table. */
  String day(Optional<Instant> time) {
    return time.map(times::dayAndTime).orElse("");
  }

  /** Says that not all is shown. */
  void more(int shown) {
    err.println("Only the first %d are shown; see more with --limit.".formatted(shown));
    err.flush();
  }

  <T> void print(List<T> items, Function<T, JsonNode> json, Table table) {
    if (items.isEmpty() && output.forPeople()) {
      err.println("There are none.");
      err.flush();
      return;
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(json.apply(item)));
    out.print(output.text(array, table::text));
    out.flush();
  }
}
