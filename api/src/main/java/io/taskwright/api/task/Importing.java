package io.taskwright.api.task;

import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.StrictJson;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.api.task.Definitions.Brought;
import io.taskwright.model.Project;
import io.taskwright.model.Violation;
import io.taskwright.store.Sha256;
import io.taskwright.store.blob.Bundles;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.Imports;
import io.taskwright.store.catalogue.Imports.Imported;
import io.taskwright.store.catalogue.Imports.Wanted;
import io.taskwright.store.catalogue.NewVersion;
import io.taskwright.store.catalogue.Source;
import io.taskwright.store.catalogue.TaskVersion;
import io.taskwright.store.catalogue.VersionOrigin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Brings an archive of definitions into the catalogue: all of them are right, or none is taken. */
@Component
final class Importing {
  private static final int MOST_TASKS = 1_000;
  private static final int MOST_ERRORS = 1_000;

  private final Definitions definitions;
  private final Catalogue catalogue;
  private final Imports imports;
  private final Bundles bundles;

  Importing(Definitions definitions, Catalogue catalogue, Imports imports, Bundles bundles) {
    this.definitions = definitions;
    this.catalogue = catalogue;
    this.imports = imports;
    this.bundles = bundles;
  }

  /**
   * Takes what is in the archive.
   *
   * @return what became of each definition, by its file
   * @throws ProblemException with everything that is wrong, each by its file and the place in it
   */
  Map<String, Imported> take(CatalogueArchive archive, Project project, String by)
      throws IOException {
    List<Violation> errors = new ArrayList<>(archive.flaws());
    Map<String, Optional<String>> files = files(archive, errors);
    Map<String, Wanted> wanted = new LinkedHashMap<>();
    Map<String, String> owners = new HashMap<>();
    Map<String, JsonNode> read = new LinkedHashMap<>();
    Set<NewVersion> unjudged = new HashSet<>();
    files.forEach((file, digest) -> {
      JsonNode definition = definition(archive, file, digest, errors);
      if (definition != null) {
        read.put(file, definition);
      }
    });
    Brought brought = new Brought(archive.digests(), byName(read.values()));
    read.forEach((file, definition) -> {
      List<Violation> found = new ArrayList<>();
      found.addAll(definitions.violations(project, definition, brought));
      String name = definition.path("name").asString("");
      NewVersion version = version(archive, file, definition, by);
      if (!found.isEmpty() && there(project, name, version)) {
        unjudged.add(version);
        found.clear();
      }
      String owner = owners.putIfAbsent(Catalogue.nameKey(name), file);
      if (owner != null) {
        found.add(new Violation("/name", "NAME_TAKEN", owner + " defines it already"));
      } else if (found.isEmpty() && archived(project, name)) {
        found.add(new Violation("/name", "TASK_ARCHIVED", "it is archived; unarchive it first"));
      }
      found.forEach(one -> errors.add(below(file, one)));
      wanted.put(file, new Wanted(name, version));
    });
    if (!errors.isEmpty()) {
      throw new ProblemException(
          ProblemCode.IMPORT_INVALID,
          "nothing was imported: it is wrong in %d %s"
              .formatted(errors.size(), errors.size() == 1 ? "place" : "places"),
          errors.subList(0, Math.min(MOST_ERRORS, errors.size())));
    }
    for (String digest : archive.digests()) {
      bundles.put(project, archive.bundle(digest), by);
    }
    return bring(project, wanted, unjudged);
  }

  private static Map<String, JsonNode> byName(Collection<JsonNode> definitions) {
    Map<String, JsonNode> byName = new HashMap<>();
    definitions.forEach(one -> byName.put(Catalogue.nameKey(one.path("name").asString("")), one));
    return byName;
  }

  /**
   * Whether it is what the task is already. What is there stays as it is, though what it needs may
   * be gone since, such as a secret: an archive always goes back to where it came from.
   */
  private boolean there(Project project, String name, NewVersion version) {
    return catalogue
        .find(project, name, OptionalInt.empty())
        .filter(latest -> same(latest, version))
        .isPresent();
  }

  private Map<String, Imported> bring(
      Project project, Map<String, Wanted> wanted, Set<NewVersion> unjudged) {
    try {
      List<Imported> done =
          imports.bring(
              project,
              List.copyOf(wanted.values()),
              (latest, version) -> {
                boolean same = same(latest, version);
                if (!same && unjudged.contains(version)) {
                  throw new Imports.Contended();
                }
                return same;
              });
      Map<String, Imported> result = new LinkedHashMap<>();
      List<String> files = List.copyOf(wanted.keySet());
      for (int i = 0; i < files.size(); i++) {
        result.put(files.get(i), done.get(i));
      }
      return result;
    } catch (Imports.Contended | Catalogue.NameTaken e) {
      throw new ProblemException(
          ProblemCode.PRECONDITION_FAILED,
          "nothing was imported: others changed the same tasks meanwhile; import it again");
    }
  }

  /** Which files are definitions, with the digests that the archive says for them. */
  private static Map<String, Optional<String>> files(
      CatalogueArchive archive, List<Violation> errors) {
    Map<String, byte[]> texts = archive.texts();
    byte[] manifest = texts.get(Manifest.FILE);
    Map<String, Optional<String>> files = new LinkedHashMap<>();
    if (manifest == null) {
      texts.keySet().forEach(file -> files.put(file, Optional.empty()));
    } else {
      files.putAll(listed(manifest, errors));
    }
    for (String file : files.keySet()) {
      if (!texts.containsKey(file)) {
        errors.add(new Violation(file + "#", "MISSING_FILE", "it is listed, and not there"));
      }
    }
    for (String file : texts.keySet()) {
      boolean expected = files.containsKey(file) && isDefinition(file);
      if (!expected && !file.equals(Manifest.FILE)) {
        errors.add(new Violation(file + "#", "UNKNOWN_FILE", "it is no definition that is listed"));
      }
    }
    files.keySet().removeIf(file -> !texts.containsKey(file) || !isDefinition(file));
    if (files.size() > MOST_TASKS) {
      errors.add(
          new Violation("#", ProblemCode.TOO_LARGE.name(), "it has more than 1000 definitions"));
      files.clear();
    } else if (files.isEmpty() && errors.isEmpty()) {
      errors.add(new Violation("#", "required", "there is no definition in it"));
    }
    return files;
  }

  private static Map<String, Optional<String>> listed(byte[] manifest, List<Violation> errors) {
    try {
      Optional<Manifest> read = Manifest.read(StrictJson.read(manifest));
      if (read.isPresent()) {
        return read.get().tasks();
      }
      String message = "must be {\"format\":1,\"tasks\":[{\"file\":…}]}";
      errors.add(new Violation(Manifest.FILE + "#", "format", message));
    } catch (ProblemException e) {
      errors.add(
          new Violation(Manifest.FILE + "#", e.code().name(), String.valueOf(e.getMessage())));
    }
    return Map.of();
  }

  private static boolean isDefinition(String file) {
    return file.endsWith(".json") || isYaml(file);
  }

  private static boolean isYaml(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static @Nullable JsonNode definition(
      CatalogueArchive archive, String file, Optional<String> digest, List<Violation> errors) {
    try {
      byte[] bytes = Objects.requireNonNull(archive.texts().get(file));
      JsonNode json = Bodies.Written.of(bytes, isYaml(file)).json();
      digest.ifPresent(named -> Written.bundle(json, named));
      return json;
    } catch (ProblemException e) {
      if (e.errors().isEmpty()) {
        errors.add(new Violation(file + "#", e.code().name(), String.valueOf(e.getMessage())));
      }
      e.errors().forEach(one -> errors.add(below(file, one)));
      return null;
    }
  }

  private static Violation below(String file, Violation found) {
    return new Violation(file + "#" + found.pointer(), found.keyword(), found.message());
  }

  private boolean archived(Project project, String name) {
    return catalogue.head(project, name).filter(head -> head.archived() != null).isPresent();
  }

  private static NewVersion version(
      CatalogueArchive archive, String file, JsonNode definition, String by) {
    byte[] bytes = Objects.requireNonNull(archive.texts().get(file));
    String type = isYaml(file) ? "application/yaml" : "application/json";
    return new NewVersion(
        definition.toString(), new Source(bytes, type, file), VersionOrigin.IMPORT, "", by);
  }

  /** It means the same, and its author wrote the same. */
  private static boolean same(TaskVersion there, NewVersion wanted) {
    TaskVersion.SourceName source = there.source();
    return there.definition().equals(wanted.definition())
        && (source == null || source.sha256().equals(Sha256.hex(wanted.source().bytes())));
  }
}
