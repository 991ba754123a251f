package io.taskwright.client.definition;

import io.taskwright.client.Bundles;
import io.taskwright.client.CheckReport;
import io.taskwright.client.Draft;
import io.taskwright.client.Drafts;
import io.taskwright.client.ProblemException;
import io.taskwright.client.Strictness;
import io.taskwright.client.Task;
import io.taskwright.client.Tasks;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.client.Written;
import io.taskwright.model.Violation;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings definitions to a service: what is there already stays as it is. */
public final class Applying {
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
  private final Drafts drafts;
  private final Bundles bundles;

  public Applying(TaskwrightClient client) {
    this.tasks = client.tasks();
    this.drafts = client.drafts();
    this.bundles = client.bundles();
  }

  /**
   * Creates the task, or makes a new version of it if the file differs from what its newest one was
   * made of.
   *
   * @param as the path that the file has in its author's folder; may be empty
   * @throws ProblemException if the service refuses the definition
   */
  public Applied apply(DefinitionFile file, String as, Strictness strictness) {
    for (int tries = 1; ; tries++) {
      try {
        return once(file, as, strictness);
      } catch (ProblemException e) {
        // Somebody else has changed or created it in the meantime.
        boolean overtaken =
            e.problem().status() == STALE || e.problem().code().equals("NAME_TAKEN");
        if (!overtaken || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private Applied once(DefinitionFile file, String as, Strictness strictness) {
    Optional<Task> known = mayBeName(file) ? tasks.find(file.name()) : Optional.empty();
    if (known.filter(task -> same(task, file)).isPresent()) {
      return new Applied.Unchanged(known.get());
    }
    upload(file);
    return known.isPresent()
        ? new Applied.Revised(tasks.update(known.get(), file.written(as), strictness))
        : new Applied.Created(tasks.create(file.written(as)));
  }

  /** Saves the file as the draft of its task; there need be no such task yet. */
  public Draft draft(DefinitionFile file, String as) {
    upload(file);
    Written written = file.written(as);
    Optional<Draft> draft = mayBeName(file) ? drafts.find(file.name()) : Optional.empty();
    boolean known = draft.isPresent() || (mayBeName(file) && tasks.find(file.name()).isPresent());
    return known ? drafts.save(file.name(), draft, written) : drafts.create(written);
  }

  private static boolean mayBeName(DefinitionFile file) {
    return NAME.matcher(file.name()).matches();
  }

  private void upload(DefinitionFile file) {
    file.bundle().ifPresent(bundle -> bundles.upload(bundle.zip()));
  }

  /** Whether its author wrote the same. Where that was not kept, what it means has to do. */
  private static boolean same(Task known, DefinitionFile file) {
    ObjectNode definition = file.definition();
    return known
        .sourceSha256()
        .map(hash ->
            hash.equals(file.sha256())
                && known.bundle().equals(file.bundle().map(Bundle::digest).orElse(known.bundle())))
        .orElseGet(() -> known.definition().equals(BY_VALUE, definition));
  }

  /**
   * Runs the tests of a definition. Nothing is saved but its files, which are not the task's yet.
   *
   * @param text what the names of the tests contain; empty for all
   * @throws ProblemException if the service refuses the definition
   */
  public CheckReport check(DefinitionFile file, String text, Duration patience) {
    upload(file);
    return tasks.check(file.definition(), text, patience);
  }

  /** Everything that is wrong with a definition. Nothing is saved, its files are not uploaded. */
  public List<Violation> violations(DefinitionFile file) {
    return tasks.validate(file.definition()).stream()
        .filter(
            violation -> file.bundle().isEmpty() || !violation.keyword().equals("UNKNOWN_BUNDLE"))
        .toList();
  }
}
