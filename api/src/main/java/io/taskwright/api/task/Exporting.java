package io.taskwright.api.task;

import io.taskwright.model.Project;
import io.taskwright.store.blob.Bundles;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.Source;
import io.taskwright.store.catalogue.TaskVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Writes the tasks in use, each in its newest version, as an archive that an import takes. */
@Component
final class Exporting {
  private static final int PER_READ = 20;

  /** The earliest that the format knows: the same catalogue gives the same bytes. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Catalogue catalogue;
  private final Bundles bundles;

  Exporting(Catalogue catalogue, Bundles bundles) {
    this.catalogue = catalogue;
    this.bundles = bundles;
  }

  void write(Project project, OutputStream out) throws IOException {
    Map<String, Optional<String>> tasks = new LinkedHashMap<>();
    Set<String> paths = new HashSet<>(Set.of(Manifest.FILE));
    Set<String> written = new HashSet<>();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      String after = "";
      List<TaskVersion> page;
      do {
        page = catalogue.page(project, false, after, "", PER_READ);
        for (TaskVersion version : page) {
          Source source = SourceController.source(catalogue, version);
          String path = path(source, version.name(), paths);
          add(zip, path, source.bytes());
          Optional<String> digest = digest(version);
          tasks.put(path, digest);
          if (digest.isPresent() && written.add(digest.get())) {
            Optional<byte[]> bundle = bundles.get(project, digest.get());
            if (bundle.isPresent()) {
              add(zip, CatalogueArchive.path(digest.get()), bundle.get());
            }
          }
          after = version.name();
        }
      } while (page.size() == PER_READ);
      add(
          zip,
          Manifest.FILE,
          new Manifest(tasks).json().toPrettyString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Optional<String> digest(TaskVersion version) {
    JsonNode digest =
        TaskJson.tree(version.definition()).path("automated").path("bundle").path("digest");
    return digest.isString() ? Optional.of(digest.stringValue()) : Optional.empty();
  }

  /** Its author's, unless another task has that, or something else in the archive. */
  private static String path(Source source, String name, Set<String> taken) {
    String ending = source.mediaType().endsWith("yaml") ? ".yaml" : ".json";
    String own = source.file();
    boolean fits =
        !own.isEmpty()
            && !own.startsWith(CatalogueArchive.BUNDLES)
            && own.endsWith(".json") == ending.equals(".json");
    if (fits && taken.add(own.toLowerCase(Locale.ROOT))) {
      return own;
    }
    String path = name + ending;
    while (!taken.add(path)) {
      path = "more/" + path; // names of tasks are their own, names of files are not
    }
    return path;
  }

  private static void add(ZipOutputStream zip, String path, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(path);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
