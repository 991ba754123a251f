package io.taskwright.rules;

import io.taskwright.model.definition.Dependency;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.definition.Work;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code dependencies}: the packages that code uses, each in one exact version. */
final class DependencyReader {
  private static final String NAME = "dependencies";

  private DependencyReader() {}

  static List<Dependency> read(Fields work, Optional<TaskRuntime> runtime) {
    List<String> texts = work.texts(NAME, List.of());
    if (texts.isEmpty() || runtime.isEmpty()) {
      return List.of();
    }
    if (!Dependency.offered(runtime.get())) {
      work.wrong(
          NAME,
          Codes.UNSUPPORTED,
          "there are no packages for "
              + runtime.get().word()
              + "; python, node and java have them");
      return List.of();
    }
    if (texts.size() > Work.Automated.MOST_DEPENDENCIES) {
      work.wrong(
          NAME, "maxItems", "must have at most " + Work.Automated.MOST_DEPENDENCIES + " entries");
      return List.of();
    }
    return dependencies(work, runtime.get(), texts);
  }

  private static List<Dependency> dependencies(
      Fields work, TaskRuntime runtime, List<String> texts) {
    List<Dependency> read = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < texts.size(); i++) {
      Optional<Dependency> dependency = Dependency.parse(runtime, texts.get(i));
      if (dependency.isEmpty()) {
        work.wrongItem(
            NAME,
            i,
            Codes.INVALID_DEPENDENCY,
            "must be a package in one exact version, such as "
                + Dependency.example(runtime)
                + "; no range, marker, URL or moving version");
      } else if (!names.add(dependency.get().name())) {
        work.wrongItem(NAME, i, "uniqueItems", dependency.get().name() + " is there already");
      } else {
        read.add(dependency.get());
      }
    }
    return read;
  }
}
