package io.taskwright.api.task;

import io.taskwright.model.Project;
import io.taskwright.model.Violation;
import io.taskwright.model.definition.Check;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.CheckPins;
import io.taskwright.store.catalogue.TaskVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Says which of the tasks that a definition is checked by cannot check it. */
@Component
final class CheckTasks {
  private final Catalogue catalogue;

  CheckTasks(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * What is wrong with them.
   *
   * @param brought the definitions that come with it, by the keys of their names
   */
  List<Violation> violations(
      Project project, TaskDefinition definition, Map<String, JsonNode> brought) {
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < definition.checks().size(); i++) {
      if (definition.checks().get(i) instanceof Check.Task check) {
        String pointer = "/checks/" + i + "/task";
        boolean same = Catalogue.nameKey(check.name()).equals(Catalogue.nameKey(definition.name()));
        violation(project, check, same, pointer, brought).ifPresent(violations::add);
      }
    }
    return violations;
  }

  private Optional<Violation> violation(
      Project project,
      Check.Task check,
      boolean same,
      String pointer,
      Map<String, JsonNode> brought) {
    if (same) {
      return Optional.of(
          new Violation(pointer + "/name", "CHECK_CYCLE", "a task cannot check itself"));
    }
    Integer number = check.version();
    JsonNode next = brought.get(Catalogue.nameKey(check.name()));
    Optional<TaskVersion> there = catalogue.find(project, check.name(), number(number));
    if (next != null && (number == null || (there.isEmpty() && number == 1))) {
      return checked(pointer, check, next.toString());
    }
    if (there.isEmpty()) {
      return Optional.of(
          new Violation(
              pointer + (number == null ? "/name" : "/version"),
              "UNKNOWN_TASK",
              "there is no %s of a task '%s' in this project; publish it first"
                  .formatted(number == null ? "version" : "version " + number, check.name())));
    }
    if (there.get().putAway()) {
      return Optional.of(
          new Violation(
              pointer + (there.get().taskArchived() == null ? "/version" : "/name"),
              "TASK_ARCHIVED",
              "version %d of '%s' is archived; unarchive it, or name another one"
                  .formatted(there.get().number(), check.name())));
    }
    return checked(pointer, check, there.get().definition());
  }

  private static OptionalInt number(@Nullable Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static Optional<Violation> checked(String pointer, Check.Task check, String definition) {
    return CheckPins.wanted(definition).isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                pointer + "/name",
                "CHECK_CYCLE",
                "'%s' is checked by a task itself, and such a one cannot check others"
                    .formatted(check.name())));
  }
}
