package io.taskwright.api.file;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.execution.KnownExecutions;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.ExecutionId;
import io.taskwright.store.execution.Executions;
import io.taskwright.store.file.Artifact;
import io.taskwright.store.file.Artifacts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The files that executions left. */
@RestController
final class ArtifactController {
  private final Executions executions;
  private final Artifacts artifacts;

  ArtifactController(Executions executions, Artifacts artifacts) {
    this.executions = executions;
    this.artifacts = artifacts;
  }

  /** All of them: their number is bounded by the definition. */
  @Requires(Permission.READ_EXECUTIONS)
  @GetMapping("/executions/{id}/artifacts")
  ObjectNode list(@PathVariable String id, Caller caller) {
    ExecutionId execution = KnownExecutions.existing(executions, caller, id);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    artifacts.list(caller.project(), execution).forEach(artifact -> items.add(json(artifact)));
    return json.putNull("nextCursor");
  }

  private static ObjectNode json(Artifact artifact) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", artifact.id().toString())
            .put("path", artifact.path())
            .put("mediaType", artifact.mediaType())
            .put("size", artifact.size())
            .put("sha256", artifact.sha256())
            .put("createdAt", artifact.createdAt().toString())
            .put("expiresAt", artifact.expiresAt().toString())
            .put("gone", artifact.gone());
    json.putObject("links")
        .put(
            "content",
            artifact.gone()
                ? null
                : "/executions/" + artifact.execution() + "/artifacts/" + artifact.id());
    return json;
  }

  @Requires(Permission.READ_EXECUTIONS)
  @GetMapping("/executions/{id}/artifacts/{artifact}")
  void download(
      @PathVariable String id,
      @PathVariable String artifact,
      HttpServletRequest request,
      HttpServletResponse response,
      Caller caller)
      throws IOException {
    Artifact found =
        artifacts
            .find(caller.project(), KnownExecutions.id(id), artifact(artifact))
            .orElseThrow(ArtifactController::absent);
    if (found.gone()) {
      throw new ProblemException(
          ProblemCode.GONE,
          "the file was kept until " + found.expiresAt() + "; run the task again to have it anew");
    }
    Download.of(found, request).send(response, from -> artifacts.open(found, from));
  }

  private static UUID artifact(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw absent();
    }
  }

  private static ProblemException absent() {
    return ProblemException.notFound("such artifact");
  }
}
