package io.taskwright.rules;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.file.FilePattern;
import io.taskwright.model.file.OutputFiles;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code outputFiles} and {@code outputFileLimits}: what code leaves for others. */
final class OutputFilesReader {
  private static final String NAME = "outputFiles";
  private static final String LIMITS = "outputFileLimits";

  private OutputFilesReader() {}

  static OutputFiles read(Fields fields, ResourceRequirements resources, Caps caps) {
    List<FilePattern> patterns = patterns(fields, fields.texts(NAME, List.of()));
    ByteSize disk = resources.disk();
    ByteSize mostBytes = disk.compareTo(caps.outputBytes()) < 0 ? disk : caps.outputBytes();
    int count = Math.min(OutputFiles.USUAL_COUNT, caps.outputFiles());
    ByteSize bytes =
        OutputFiles.USUAL_BYTES.compareTo(mostBytes) < 0 ? OutputFiles.USUAL_BYTES : mostBytes;
    Optional<Fields> limits = fields.object(LIMITS);
    if (limits.isPresent()) {
      count = limits.get().integer("count", count, 1, caps.outputFiles());
      bytes = size(limits.get(), bytes, mostBytes);
      limits.get().end();
    }
    if (limits.isPresent() && patterns.isEmpty()) {
      fields.wrong(LIMITS, "dependentRequired", "needs " + NAME + ", which it bounds");
    }
    return patterns.isEmpty() ? OutputFiles.NONE : new OutputFiles(patterns, count, bytes);
  }

  private static ByteSize size(Fields limits, ByteSize otherwise, ByteSize most) {
    ByteSize read = limits.parsed("size", otherwise, "a size such as 100Mi", ByteSize::parse);
    if (read.bytes() == 0 || read.compareTo(most) > 0) {
      limits.wrong(
          "size",
          Codes.LIMIT_OUT_OF_RANGE,
          "must be from 1 to " + most + ", and not more than resourceRequirements.disk");
      return otherwise;
    }
    return read;
  }

  private static List<FilePattern> patterns(Fields fields, List<String> texts) {
    if (texts.size() > OutputFiles.MOST_PATTERNS) {
      fields.wrong(NAME, "maxItems", "must have at most " + OutputFiles.MOST_PATTERNS + " entries");
      return List.of();
    }
    Set<FilePattern> patterns = new LinkedHashSet<>();
    for (int i = 0; i < texts.size(); i++) {
      Optional<String> flaw = FilePattern.flaw(texts.get(i));
      if (flaw.isPresent()) {
        fields.wrongItem(NAME, i, Codes.INVALID_PATH, flaw.get());
      } else if (!patterns.add(new FilePattern(texts.get(i)))) {
        fields.wrongItem(NAME, i, "uniqueItems", "is there already");
      }
    }
    return new ArrayList<>(patterns);
  }
}
