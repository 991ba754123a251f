package io.taskwright.store.catalogue;

import io.taskwright.model.Project;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings many definitions into the catalogue at once: all of them, or none. */
@Repository
public class Imports {
  private static final int TRIES = 3;

  private final Catalogue catalogue;
  private final TransactionTemplate transaction;

  Imports(Catalogue catalogue, TransactionTemplate transaction) {
    this.catalogue = catalogue;
    this.transaction = transaction;
  }

  /** A definition that was found right. */
  public record Wanted(String name, NewVersion version) {}

  /** What became of one. */
  public record Imported(Change change, TaskVersion version) {}

  /** What was done for one. */
  public enum Change {
    CREATED,
    REVISED,
    UNCHANGED
  }

  /** Thrown when others changed the same tasks again and again; nothing was imported. */
  public static final class Contended extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Makes a task or the next version of each that differs from what is there.
   *
   * @param same whether a version is what is wanted already
   */
  public List<Imported> bring(
      Project project, List<Wanted> all, BiPredicate<TaskVersion, NewVersion> same) {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<List<Imported>> done =
          transaction.execute(status -> {
            Optional<List<Imported>> once = once(project, all, same);
            if (once.isEmpty()) {
              status.setRollbackOnly();
            }
            return once;
          });
      if (done.isPresent()) {
        return done.get();
      }
    }
    throw new Contended();
  }

  /** Nothing if somebody else changed one of them meanwhile. */
  private Optional<List<Imported>> once(
      Project project, List<Wanted> all, BiPredicate<TaskVersion, NewVersion> same) {
    Map<Wanted, Imported> imported = new HashMap<>();
    for (Wanted wanted : inOrder(all)) {
      Optional<TaskHead> head = catalogue.head(project, wanted.name());
      if (head.isEmpty()) {
        TaskVersion made = catalogue.create(project, wanted.name(), wanted.version());
        imported.put(wanted, new Imported(Change.CREATED, made));
        continue;
      }
      Optional<TaskVersion> latest =
          catalogue.find(project, head.get().task().toString(), OptionalInt.empty());
      if (latest.filter(version -> same.test(version, wanted.version())).isPresent()) {
        imported.put(wanted, new Imported(Change.UNCHANGED, latest.get()));
        continue;
      }
      Optional<TaskVersion> next =
          catalogue.revise(project, head.get().task(), head.get().latest(), wanted.version());
      if (next.isEmpty()) {
        return Optional.empty();
      }
      imported.put(
          wanted, new Imported(latest.isEmpty() ? Change.CREATED : Change.REVISED, next.get()));
    }
    return Optional.of(all.stream().map(imported::get).map(Objects::requireNonNull).toList());
  }

  /** What others are checked by comes before them, as theirs are pinned to what is there. */
  private static List<Wanted> inOrder(List<Wanted> all) {
    return all.stream()
        .sorted(
            Comparator.comparing(one -> !CheckPins.wanted(one.version().definition()).isEmpty()))
        .toList();
  }
}
