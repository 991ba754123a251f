package io.taskwright.model.protocol;

import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt runs, on what, within which limits.
 *
 * @param number of the attempt, 1 for the first
 * @param token what every later message about the attempt shows
 * @param entry the file that is run
 * @param source the text of the one file, if the program has only one
 * @param bundle {@code sha256:…} of the zip with the files, if it has several
 * @param input one JSON value
 * @param cpuMillicores the share of a core that is kept
 * @param cpuLimitMillicores a hard bound, or null
 * @param memory bytes
 * @param disk bytes
 */
public record Assignment(
    String execution,
    int number,
    String token,
    TaskRuntime runtime,
    String entry,
    @Nullable String source,
    @Nullable String bundle,
    String input,
    Map<String, String> environment,
    SecurityLevel securityLevel,
    int cpuMillicores,
    @Nullable Integer cpuLimitMillicores,
    long memory,
    long disk,
    long timeoutMillis) {
  public Assignment {
    environment = Map.copyOf(environment);
  }
}
