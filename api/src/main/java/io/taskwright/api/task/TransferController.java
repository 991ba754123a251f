package io.taskwright.api.task;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.store.catalogue.Imports.Imported;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Carrying the catalogue from one place to another as one archive. */
@RestController
final class TransferController {
  private static final MediaType ZIP = MediaType.parseMediaType("application/zip");
  private static final long MOST_BYTES = 128L << 20;

  private final Importing importing;
  private final Exporting exporting;

  TransferController(Importing importing, Exporting exporting) {
    this.importing = importing;
    this.exporting = exporting;
  }

  @Requires(Permission.WRITE_TASKS)
  @PostMapping("/tasks/import")
  ObjectNode bring(HttpServletRequest request, Caller caller) throws IOException {
    InputStream body = Bodies.stream(request, ZIP, MOST_BYTES);
    Path file = Files.createTempFile("import", ".zip");
    try {
      spool(body, file);
      try (CatalogueArchive archive = CatalogueArchive.open(file)) {
        return json(importing.take(archive, caller.project(), caller.actor().toString()));
      } catch (ZipException e) {
        throw new ProblemException(
            ProblemCode.IMPORT_INVALID, "the bytes are no readable zip archive");
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void spool(InputStream body, Path file) throws IOException {
    byte[] buffer = new byte[65536];
    long size = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int some; (some = body.read(buffer)) >= 0; ) {
        size += some;
        if (size > MOST_BYTES) {
          throw Bodies.tooLarge(MOST_BYTES);
        }
        out.write(buffer, 0, some);
      }
    }
  }

  private static ObjectNode json(Map<String, Imported> imported) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    imported.forEach((file, one) ->
        items
            .addObject()
            .put("file", file)
            .put("change", one.change().name().toLowerCase(Locale.ROOT))
            .put("id", one.version().task().toString())
            .put("name", one.version().name())
            .put("version", one.version().number()));
    return json;
  }

  @Requires(Permission.READ_TASKS)
  @GetMapping("/tasks/export")
  void export(HttpServletResponse response, Caller caller) throws IOException {
    response.setContentType(ZIP.toString());
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"tasks.zip\"");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    exporting.write(caller.project(), response.getOutputStream());
  }
}
