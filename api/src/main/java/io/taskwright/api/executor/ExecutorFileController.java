package io.taskwright.api.executor;

import io.taskwright.api.access.AttemptTokenOnly;
import io.taskwright.api.access.AttemptTokens;
import io.taskwright.api.file.Uploads;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.definition.Work;
import io.taskwright.model.file.FilePaths;
import io.taskwright.model.file.OutputFiles;
import io.taskwright.rules.Contracts;
import io.taskwright.store.blob.Spooled;
import io.taskwright.store.execution.Attempts;
import io.taskwright.store.execution.Attempts.Open;
import io.taskwright.store.file.Artifacts;
import io.taskwright.store.file.InputFiles;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The files that executors fetch for attempts and hand in after them. */
@RestController
final class ExecutorFileController {
  private final Attempts attempts;
  private final Contracts contracts;
  private final InputFiles inputs;
  private final Artifacts artifacts;
  private final Uploads uploads;

  ExecutorFileController(
      Attempts attempts,
      Contracts contracts,
      InputFiles inputs,
      Artifacts artifacts,
      Uploads uploads) {
    this.attempts = attempts;
    this.contracts = contracts;
    this.inputs = inputs;
    this.artifacts = artifacts;
    this.uploads = uploads;
  }

  @AttemptTokenOnly
  @GetMapping("/executor/files/{sha256}")
  void file(@PathVariable String sha256, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<InputStream> found = inputs.open(open(request).execution(), sha256);
    try (InputStream in = found.orElseThrow(() -> ProblemException.notFound("such file"))) {
      response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
      in.transferTo(response.getOutputStream());
    }
  }

  @AttemptTokenOnly
  @PutMapping("/executor/attempts/current/artifacts/{sha256}")
  ObjectNode artifact(
      @PathVariable String sha256, @RequestParam String path, HttpServletRequest request)
      throws IOException {
    Open attempt = open(request);
    OutputFiles asked = asked(attempt);
    Optional<String> flaw = FilePaths.flaw(path);
    if (flaw.isPresent() || !asked.include(path)) {
      throw refused("its path " + flaw.orElse("is none that the definition asks for"));
    }
    try (Spooled bytes = uploads.receive(request, asked.mostBytes().bytes())) {
      if (!bytes.sha256().equals(sha256)) {
        throw new ProblemException(
            ProblemCode.BAD_REQUEST, "the bytes that came have the hash " + bytes.sha256());
      }
      return switch (artifacts.hand(attempt, path, mediaType(path), bytes, asked)) {
        case KEPT -> JsonNodeFactory.instance.objectNode().put("sha256", sha256);
        case OVER -> throw ExecutorController.over();
        case CONFLICT -> throw refused("another file was handed in under its path");
        case TOO_MANY -> throw refused("it is one more than " + asked.most());
        case TOO_LARGE -> throw refused("the files are larger than " + asked.mostBytes());
      };
    }
  }

  private Open open(HttpServletRequest request) {
    return AttemptTokens.of(request).flatMap(attempts::find).orElseThrow(ExecutorController::over);
  }

  private OutputFiles asked(Open attempt) {
    return contracts
        .find(attempt.task(), attempt.taskVersion())
        .map(contract ->
            switch (contract.definition().work()) {
              case Work.Automated work -> work.outputFiles();
            })
        .orElse(OutputFiles.NONE);
  }

  private static String mediaType(String path) {
    return MediaTypeFactory.getMediaType(path)
        .orElse(MediaType.APPLICATION_OCTET_STREAM)
        .toString();
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(ProblemCode.VALUE_INVALID, detail);
  }
}
