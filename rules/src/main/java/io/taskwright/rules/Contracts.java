package io.taskwright.rules;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.taskwright.model.TaskId;
import io.taskwright.rules.DefinitionReader.Reading;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The contracts that were used lately, ready. A version never changes, so none is ever stale. */
public final class Contracts {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int KEPT = 1_000;

  /** Where definitions come from. */
  @FunctionalInterface
  public interface Source {
    /** The definition of the version as JSON, if there is such a version. */
    Optional<String> definition(TaskId task, int version);
  }

  private record Key(TaskId task, int version) {}

  private final Source source;
  private final DefinitionReader reader;
  private final Cache<Key, TaskContract> ready = Caffeine.newBuilder().maximumSize(KEPT).build();

  public Contracts(Source source, DefinitionReader reader) {
    this.source = source;
    this.reader = reader;
  }

  /**
   * The contract of a version.
   *
   * @return empty if there is no such version, or if today's rules no longer read it
   */
  public Optional<TaskContract> find(TaskId task, int version) {
    Key key = new Key(task, version);
    return Optional.ofNullable(ready.getIfPresent(key))
        .or(() -> {
          Optional<TaskContract> made = source.definition(task, version).flatMap(this::make);
          made.ifPresent(contract -> ready.put(key, contract));
          return made;
        });
  }

  private Optional<TaskContract> make(String definition) {
    return switch (reader.read(JSON.readTree(definition))) {
      case Reading.Valid valid -> Optional.of(new TaskContract(valid.definition()));
      case Reading.Invalid invalid -> Optional.empty();
    };
  }
}
