package io.taskwright.store.catalogue;

import java.nio.charset.StandardCharsets;

/**
 * A version to be.
 *
 * @param definition JSON, checked
 * @param note why there is this version; may be empty
 */
public record NewVersion(
    String definition, Source source, VersionOrigin origin, String note, String by) {

  /** One whose author wrote nothing but JSON. */
  static NewVersion of(String definition, String by) {
    byte[] bytes = definition.getBytes(StandardCharsets.UTF_8);
    return new NewVersion(
        definition, new Source(bytes, "application/json", ""), VersionOrigin.PUBLISHED, "", by);
  }
}
