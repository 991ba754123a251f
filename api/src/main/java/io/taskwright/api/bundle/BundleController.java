package io.taskwright.api.bundle;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.rules.BundleReader;
import io.taskwright.store.blob.Bundles;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Uploading the files of a program before its definition names them, and getting them back. */
@RestController
final class BundleController {
  private static final MediaType ZIP = MediaType.parseMediaType("application/zip");
  private static final int MOST_BYTES = 32 << 20;

  private final Bundles bundles;

  BundleController(Bundles bundles) {
    this.bundles = bundles;
  }

  @Requires(Permission.WRITE_TASKS)
  @PostMapping("/bundles")
  @ResponseStatus(HttpStatus.CREATED)
  ObjectNode upload(HttpServletRequest request, Caller caller) throws IOException {
    byte[] zip = Bodies.raw(request, ZIP, MOST_BYTES);
    int files;
    try {
      files = BundleReader.read(zip).size();
    } catch (BundleReader.NoBundle e) {
      throw new ProblemException(ProblemCode.BUNDLE_INVALID, e.reason());
    }
    String digest = bundles.put(caller.project(), zip, caller.actor().toString());
    return JsonNodeFactory.instance
        .objectNode()
        .put("digest", digest)
        .put("files", files)
        .put("size", zip.length);
  }

  @Requires(Permission.READ_TASKS)
  @GetMapping("/bundles/{digest}")
  ResponseEntity<byte[]> download(@PathVariable String digest, Caller caller) {
    byte[] zip =
        bundles
            .get(caller.project(), digest)
            .orElseThrow(() -> ProblemException.notFound("such bundle"));
    return ResponseEntity.ok()
        .contentType(ZIP)
        .eTag("\"" + digest + "\"")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"bundle.zip\"")
        .header("X-Content-Type-Options", "nosniff")
        .body(zip);
  }
}
