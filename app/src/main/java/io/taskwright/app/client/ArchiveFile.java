package io.taskwright.app.client;

import io.taskwright.client.definition.Bundle;
import io.taskwright.client.definition.DefinitionFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes definitions and their bundles as an archive that the service imports as a whole. */
final class ArchiveFile {
  private ArchiveFile() {}

  /**
   * Writes them.
   *
   * @param files by the paths that they have in the archive
   */
  static void write(Path archive, Map<String, DefinitionFile> files) throws IOException {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode().put("format", 1);
    ArrayNode tasks = manifest.putArray("tasks");
    Set<String> bundles = new HashSet<>();
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (Map.Entry<String, DefinitionFile> file : files.entrySet()) {
        add(zip, file.getKey(), file.getValue().written(file.getKey()).bytes());
        ObjectNode task = tasks.addObject().put("file", file.getKey());
        if (file.getValue().bundle().isPresent()) {
          Bundle bundle = file.getValue().bundle().get();
          task.put("bundle", bundle.digest());
          if (bundles.add(bundle.digest())) {
            add(zip, "bundles/" + Bundle.fileName(bundle.digest()), bundle.zip());
          }
        }
      }
      add(zip, "taskwright.json", manifest.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void add(ZipOutputStream zip, String path, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(path));
    zip.write(bytes);
    zip.closeEntry();
  }
}
