package io.taskwright.api.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where people see an execution in Temporal's Web UI.
 *
 * @param base the address of the Web UI; empty if there is none
 */
public record TemporalLinks(String base, String namespace) {
  @Nullable String of(Project project, ExecutionId id) {
    return base.isEmpty()
        ? null
        : base
            + "/namespaces/"
            + namespace
            + "/workflows/"
            + URLEncoder.encode(project + "/" + id, StandardCharsets.UTF_8);
  }
}
