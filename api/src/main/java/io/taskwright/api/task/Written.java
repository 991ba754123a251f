package io.taskwright.api.task;

import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Parameters;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.file.FilePaths;
import io.taskwright.store.catalogue.NewVersion;
import io.taskwright.store.catalogue.Source;
import io.taskwright.store.catalogue.VersionOrigin;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A definition as a request brings it.
 *
 * @param definition what it means to the service
 * @param source what its author wrote
 */
record Written(JsonNode definition, Source source, String note) {
  static final int MOST_BYTES = 4 << 20;
  private static final int LONGEST_NOTE = 500;

  /**
   * Reads body and parameters: {@code file}, the path in its author's folder; {@code note}; {@code
   * bundle}, the digest of what {@code automated.bundle.files} in it became.
   */
  static Written read(HttpServletRequest request, Parameters parameters) throws IOException {
    Bodies.Written body = Bodies.written(request, MOST_BYTES);
    String file = parameters.one("file").orElse("");
    if (!file.isEmpty()) {
      FilePaths.flaw(file)
          .ifPresent(flaw -> {
            throw Parameters.wrong("file", flaw);
          });
    }
    String note = note(parameters.one("note").orElse(""));
    parameters.one("bundle").ifPresent(digest -> bundle(body.json(), digest));
    return new Written(body.json(), new Source(body.bytes(), body.mediaType(), file), note);
  }

  /** A note, if it can be one. */
  static String note(String note) {
    if (note.length() > LONGEST_NOTE) {
      throw new ProblemException(
          ProblemCode.VALUE_INVALID, "note has at most " + LONGEST_NOTE + " characters");
    }
    return note;
  }

  /** Puts the digest of a bundle where its author named files. */
  static void bundle(JsonNode definition, String digest) {
    if (definition.path("automated").path("bundle") instanceof ObjectNode bundle
        && bundle.has("files")) {
      bundle.remove("files");
      bundle.put("digest", digest);
    }
  }

  NewVersion version(VersionOrigin origin, String by) {
    return new NewVersion(definition.toString(), source, origin, note, by);
  }
}
