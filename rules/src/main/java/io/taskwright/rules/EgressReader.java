package io.taskwright.rules;

import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.SecurityContext;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code egress}: where code may connect to. */
final class EgressReader {
  private static final String NAME = "egress";

  private EgressReader() {}

  static List<Destination> read(
      Fields context, SecurityLevel level, Optional<TaskRuntime> runtime) {
    List<String> texts = context.texts(NAME, List.of());
    if (texts.isEmpty()) {
      return List.of();
    }
    if (level == SecurityLevel.HIGH) {
      context.wrong(
          NAME, Codes.EGRESS_NOT_ALLOWED, "code at security level HIGH has no network at all");
    }
    if (runtime.filter(TaskRuntime::inProcess).isPresent()) {
      context.wrong(
          NAME,
          Codes.EGRESS_NOT_ALLOWED,
          "code that may run inside a worker's process has no network; use the runtime node");
    }
    if (texts.size() > SecurityContext.MOST_EGRESS) {
      context.wrong(
          NAME, "maxItems", "must have at most " + SecurityContext.MOST_EGRESS + " entries");
      return List.of();
    }
    return destinations(context, texts);
  }

  private static List<Destination> destinations(Fields context, List<String> texts) {
    Set<Destination> read = new LinkedHashSet<>();
    for (int i = 0; i < texts.size(); i++) {
      Optional<Destination> destination = Destination.parse(texts.get(i));
      if (destination.isEmpty()) {
        context.wrongItem(
            NAME,
            i,
            Codes.INVALID_DESTINATION,
            "must be host:port: a name, or an address in its usual spelling (of version 6 in"
                + " brackets), and a port; no scheme, path, user or wildcard");
      } else if (!read.add(destination.get())) {
        context.wrongItem(NAME, i, "uniqueItems", destination.get() + " is there already");
      }
    }
    return new ArrayList<>(read);
  }
}
