package io.taskwright.store.execution;

import io.taskwright.model.file.InputFile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The files that were given with a start, as the execution's row keeps them. */
final class GivenFiles {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<List<InputFile>> LIST = new TypeReference<>() {};

  private GivenFiles() {}

  /** JSON, or null if there are none. */
  static @Nullable String json(List<InputFile> files) {
    return files.isEmpty() ? null : JSON.writeValueAsString(files);
  }

  static List<InputFile> of(@Nullable String json) {
    return json == null ? List.of() : JSON.readValue(json, LIST);
  }
}
