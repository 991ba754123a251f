package io.taskwright.client;

import java.util.Optional;

/**
 * A definition as its author wrote it.
 *
 * @param bytes as they lie in its file
 * @param mediaType {@code application/yaml} or {@code application/json}
 * @param file the path in its author's folder, with slashes; empty if it has none
 * @param bundle the digest of what the files that it names became
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record Written(byte[] bytes, String mediaType, String file, Optional<String> bundle) {
  Call.Query query() {
    Call.Query query = new Call.Query();
    return (file.isEmpty() ? query : query.add("file", file)).add("bundle", bundle);
  }

  /** The request that brings it. */
  Call call(String method, String route) {
    return Call.with(method, route, mediaType, bytes);
  }
}
