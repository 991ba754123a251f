package io.taskwright.api.file;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.store.blob.Spooled;
import io.taskwright.store.file.InputFiles;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Uploading files before starts name them. */
@RestController
final class FileController {
  private final Uploads uploads;
  private final InputFiles files;
  private final FileLimits limits;

  FileController(Uploads uploads, InputFiles files, FileLimits limits) {
    this.uploads = uploads;
    this.files = files;
    this.limits = limits;
  }

  @Requires(Permission.START_EXECUTIONS)
  @PostMapping("/files")
  @ResponseStatus(HttpStatus.CREATED)
  ObjectNode upload(HttpServletRequest request, Caller caller) throws IOException {
    try (Spooled bytes = uploads.receive(request, limits.mostBytes())) {
      Instant expires = files.add(caller.project(), bytes, caller.actor().toString());
      return JsonNodeFactory.instance
          .objectNode()
          .put("sha256", bytes.sha256())
          .put("size", bytes.size())
          .put("expiresAt", expires.toString());
    }
  }
}
