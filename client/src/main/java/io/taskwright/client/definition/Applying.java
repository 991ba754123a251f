package io.taskwright.client.definition;

import io.taskwright.client.Bundles;
import io.taskwright.client.ProblemException;
import io.taskwright.client.Task;
import io.taskwright.client.Tasks;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.Violation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings definitions to a service: what is there already stays as it is. */
public final class Applying {
  private static final int CONFLICT = 409;
  private static final int STALE = 412;
  private static final int TRIES = 5;

  /** What can be a task's name at all; the service says more exactly what may. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,63}");

  /** Numbers are the same if their values are: a definition may come back with 2 for 2.0. */
  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
      };

  private final Tasks tasks;
  private final Bundles bundles;

  public Applying(TaskwrightClient client) {
    this.tasks = client.tasks();
    this.bundles = client.bundles();
  }

  /**
   * Creates the task, or makes a new version of it if the definition differs from the newest one.
   *
   * @throws ProblemException if the service refuses the definition
   */
  public Applied apply(DefinitionFile file) {
    for (int tries = 1; ; tries++) {
      try {
        return once(file);
      } catch (ProblemException e) {
        // Somebody else has changed or created it in the meantime.
        int status = e.problem().status();
        if ((status != STALE && status != CONFLICT) || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private Applied once(DefinitionFile file) {
    ObjectNode definition = file.definition();
    Optional<Task> known =
        NAME.matcher(file.name()).matches() ? tasks.find(file.name()) : Optional.empty();
    if (known.isPresent() && known.get().definition().equals(BY_VALUE, definition)) {
      return new Applied.Unchanged(known.get());
    }
    file.bundle().ifPresent(bundle -> bundles.upload(bundle.zip()));
    return known.isPresent()
        ? new Applied.Revised(tasks.update(known.get(), definition))
        : new Applied.Created(tasks.create(definition));
  }

  /** Everything that is wrong with a definition. Nothing is saved, its files are not uploaded. */
  public List<Violation> violations(DefinitionFile file) {
    return tasks.validate(file.definition()).stream()
        .filter(
            violation -> file.bundle().isEmpty() || !violation.keyword().equals("UNKNOWN_BUNDLE"))
        .toList();
  }
}
