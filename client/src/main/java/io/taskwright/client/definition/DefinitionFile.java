package io.taskwright.client.definition;

import io.taskwright.client.Written;
import io.taskwright.client.definition.ProgramFolder.NoFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A definition as its author keeps it, in YAML or JSON. Beside what the service knows it may say
 * {@code automated.bundle: {entry: main.py, files: [main.py, "*.csv"]}}: the files lie in its
 * folder, and become a bundle that the definition names by its digest.
 */
public final class DefinitionFile {
  private static final long MOST_BYTES = 4 << 20;
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private final Path path;
  private final DefinitionText text;
  private final byte[] bytes;
  private final ObjectNode definition;
  private final Optional<Bundle> bundle;

  private DefinitionFile(
      DefinitionText text, byte[] bytes, ObjectNode definition, Optional<Bundle> bundle) {
    this.path = text.file();
    this.text = text;
    this.bytes = bytes;
    this.definition = definition;
    this.bundle = bundle;
  }

  /**
   * Reads a file and packs what it names.
   *
   * @throws DefinitionException saying what is wrong with it and where
   */
  public static DefinitionFile read(Path path) {
    byte[] bytes = content(path);
    DefinitionText text = new DefinitionText(path, text(path, bytes));
    if (!(text.read() instanceof ObjectNode definition)) {
      throw new DefinitionException(path, "a definition is an object with a name and its work");
    }
    Optional<Bundle> bundle = Optional.empty();
    if (definition.path("automated").path("bundle") instanceof ObjectNode named
        && (named.has("files") || named.has("digest"))) {
      bundle = named.has("files") ? Optional.of(pack(path, text, named)) : beside(path, named);
      named.remove("files");
      bundle.ifPresent(packed -> named.put("digest", packed.digest()));
    }
    return new DefinitionFile(text, bytes, definition, bundle);
  }

  /** Whether it names the files of its program, and not a bundle by its digest. */
  public static boolean namesFiles(Path path) {
    return new DefinitionText(path, text(path, content(path)))
        .read()
        .at("/automated/bundle")
        .has("files");
  }

  private static String text(Path path, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DefinitionException(path, "is not encoded in UTF-8");
    }
  }

  /** The bundle that a definition names by its digest, if an export has left it beside it. */
  private static Optional<Bundle> beside(Path path, ObjectNode named) {
    String digest = named.path("digest").asString("");
    if (!DIGEST.matcher(digest).matches()) {
      return Optional.empty(); // the service says what is wrong with it
    }
    Path file = path.resolveSibling(Bundle.fileName(digest));
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Bundle bundle = new Bundle(Files.readAllBytes(file));
      if (!bundle.digest().equals(digest)) {
        throw new DefinitionException(file, "has other bytes than its name says");
      }
      return Optional.of(bundle);
    } catch (IOException e) {
      throw new DefinitionException(file, "cannot be read: " + e.getMessage());
    }
  }

  private static byte[] content(Path path) {
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw new DefinitionException(
            path, "has more than %d MB; larger programs are bundles".formatted(MOST_BYTES >> 20));
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new DefinitionException(path, "there is no such file");
    } catch (AccessDeniedException e) {
      throw new DefinitionException(path, "may not be read by this user");
    } catch (IOException e) {
      throw new DefinitionException(path, "cannot be read: " + e.getMessage());
    }
  }

  private static Bundle pack(Path path, DefinitionText text, ObjectNode named) {
    OptionalInt line = text.line("/automated/bundle/files");
    List<String> patterns = patterns(named.path("files"));
    if (patterns.isEmpty() || named.has("digest")) {
      throw new DefinitionException(
          path, line, "files is a list of paths and patterns, and takes the place of digest");
    }
    try {
      SortedMap<String, byte[]> files = ProgramFolder.of(path).take(patterns);
      String entry = named.path("entry").asString("");
      if (!files.containsKey(entry)) {
        throw new DefinitionException(
            path,
            line,
            "the entry '%s' is none of the files: %s"
                .formatted(entry, String.join(", ", files.keySet())));
      }
      return Bundle.of(files);
    } catch (NoFiles e) {
      throw new DefinitionException(path, line, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new DefinitionException(path, line, "a file cannot be read: " + e.getMessage());
    }
  }

  /** The strings of a list; nothing if it holds anything else. */
  private static List<String> patterns(JsonNode list) {
    return list.isArray() && list.valueStream().allMatch(JsonNode::isString)
        ? list.valueStream().map(JsonNode::stringValue).toList()
        : List.of();
  }

  /** The file as it was named. */
  public Path path() {
    return path;
  }

  /** The definition as the service takes it. */
  public ObjectNode definition() {
    return definition.deepCopy();
  }

  /** The name that it gives its task; empty if it gives none. */
  public String name() {
    return definition.path("name").asString("");
  }

  /** The program's files, if the definition names any. */
  public Optional<Bundle> bundle() {
    return bundle;
  }

  /**
   * It as its author wrote it.
   *
   * @param file the path that it has in its author's folder; may be empty
   */
  public Written written(String file) {
    String type = text.isJson() ? "application/json" : "application/yaml";
    return new Written(bytes, type, file, bundle.map(Bundle::digest));
  }

  /** The SHA-256 of its bytes. */
  String sha256() {
    return Bundle.sha256(bytes);
  }

  /** The line of what a JSON pointer points to, or of the nearest thing around it. */
  public OptionalInt line(String pointer) {
    return text.line(pointer);
  }
}
