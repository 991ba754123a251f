package io.taskwright.api.task;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Parameters;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.Source;
import io.taskwright.store.catalogue.TaskVersion;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Giving back what authors wrote, byte for byte. */
@RestController
final class SourceController {
  private final Catalogue catalogue;
  private final KnownTasks known;

  SourceController(Catalogue catalogue, KnownTasks known) {
    this.catalogue = catalogue;
    this.known = known;
  }

  @Requires(Permission.READ_TASKS)
  @GetMapping("/tasks/{task}/source")
  ResponseEntity<byte[]> source(
      @PathVariable String task, HttpServletRequest request, Caller caller) {
    Parameters parameters = Parameters.of(request);
    TaskVersion version = known.version(caller, task, KnownTasks.number(parameters, "version"));
    Source source = source(catalogue, version);
    return answer(source, MediaType.parseMediaType(source.mediaType()), TaskJson.etag(version));
  }

  /** What its author wrote; its JSON if that was not kept. */
  static Source source(Catalogue catalogue, TaskVersion version) {
    return catalogue
        .source(version)
        .orElseGet(() ->
            new Source(
                version.definition().getBytes(StandardCharsets.UTF_8),
                MediaType.APPLICATION_JSON_VALUE,
                ""));
  }

  /** Whether the caller wants what the author wrote rather than what the service makes of it. */
  static boolean isWanted(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    try {
      return accept != null
          && MediaType.parseMediaTypes(accept).stream()
              .limit(1)
              .anyMatch(first -> first.equalsTypeAndSubtype(MediaType.APPLICATION_YAML));
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }

  /** JSON is YAML too, so either may be asked for as that. */
  static ResponseEntity<byte[]> answer(Source source, MediaType type, String etag) {
    return ResponseEntity.ok()
        .contentType(type)
        .eTag(etag)
        .header("X-Content-Type-Options", "nosniff")
        .body(source.bytes());
  }
}
