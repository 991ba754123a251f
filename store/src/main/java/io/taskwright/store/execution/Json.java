package io.taskwright.store.execution;

import tools.jackson.databind.json.JsonMapper;

/** Writes JSON for columns. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }
}
