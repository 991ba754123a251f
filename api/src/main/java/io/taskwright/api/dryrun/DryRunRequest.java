package io.taskwright.api.dryrun;

import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Envelope;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.api.start.Patience;
import io.taskwright.api.start.StartRequest;
import io.taskwright.model.Violation;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.file.FilePaths;
import io.taskwright.model.file.InputFile;
import io.taskwright.rules.MockReader;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a client asks for when it wants to see what a start would do.
 *
 * @param start the start
 * @param mock what the work's result is taken to be, if it is given
 */
record DryRunRequest(StartRequest start, Optional<DryRun> mock) {
  private static final int MOST_BYTES = 2 << 20;

  /** Reads the request: body and {@code Prefer}. Without it the client waits as long as it may. */
  static DryRunRequest read(HttpServletRequest request) throws IOException {
    Envelope body = Envelope.of(Bodies.json(request, MOST_BYTES));
    JsonNode input = body.any("input").orElseGet(JsonNodeFactory.instance::objectNode);
    OptionalInt version = body.integer("version", 1, Integer.MAX_VALUE);
    Map<String, String> files = body.texts("files", InputFile.MOST, FilePaths.MOST_BYTES);
    Optional<JsonNode> mocks = body.any("mocks");
    body.end();
    List<Violation> violations = new ArrayList<>();
    Optional<DryRun> mock = mocks.flatMap(given -> MockReader.read(given, violations));
    if (!violations.isEmpty()) {
      throw new ProblemException(
          ProblemCode.VALUE_INVALID, "nothing was started; correct the mocks", violations);
    }
    CacheUse cacheUse = mock.isPresent() ? CacheUse.BYPASS : CacheUse.USE;
    return new DryRunRequest(
        StartRequest.dry(
            input,
            version,
            files,
            cacheUse,
            Patience.of(request, StartRequest.LONGEST_WAIT, StartRequest.LONGEST_WAIT)),
        mock);
  }
}
