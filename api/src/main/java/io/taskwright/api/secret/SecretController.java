package io.taskwright.api.secret;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.secret.SecretName;
import io.taskwright.store.secret.SecretInfo;
import io.taskwright.store.secret.SecretStore;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Keeping secrets and seeing which there are. There is no route that gives a value. */
@RestController
final class SecretController {
  private final SecretStore secrets;

  SecretController(SecretStore secrets) {
    this.secrets = secrets;
  }

  @Requires(Permission.WRITE_SECRETS)
  @PutMapping("/secrets/{name}")
  ResponseEntity<JsonNode> put(@PathVariable String name, HttpServletRequest request, Caller caller)
      throws IOException {
    SecretName valid =
        SecretName.parse(name)
            .orElseThrow(() ->
                new ProblemException(
                    ProblemCode.VALUE_INVALID, "a secret's name matches " + SecretName.FORM));
    SecretBody body = SecretBody.read(request);
    Integer expected = expected(valid, request.getHeader(HttpHeaders.IF_MATCH), caller);
    SecretInfo kept;
    try {
      kept =
          secrets
              .put(
                  caller.project(),
                  valid,
                  body.value(),
                  body.description(),
                  expected,
                  caller.actor().toString())
              .orElseThrow(() -> stale(valid, caller));
    } catch (SecretStore.KeyMissing e) {
      throw new ProblemException(
          ProblemCode.UNAVAILABLE, "this server has no master key; nothing was kept");
    }
    boolean first = kept.createdAt().equals(kept.updatedAt());
    ResponseEntity.BodyBuilder answer =
        first
            ? ResponseEntity.created(URI.create("/secrets/" + valid))
            : ResponseEntity.status(HttpStatus.OK);
    return answer.eTag(etag(kept.version())).body(json(kept));
  }

  @Requires(Permission.READ_SECRETS)
  @GetMapping("/secrets")
  ObjectNode list(Caller caller) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray("items");
    secrets.all(caller.project()).forEach(secret -> items.add(json(secret)));
    return answer;
  }

  @Requires(Permission.READ_SECRETS)
  @GetMapping("/secrets/{name}")
  ResponseEntity<JsonNode> get(@PathVariable String name, Caller caller) {
    SecretInfo secret = find(name, caller).orElseThrow(SecretController::unknown);
    return ResponseEntity.ok().eTag(etag(secret.version())).body(json(secret));
  }

  @Requires(Permission.WRITE_SECRETS)
  @DeleteMapping("/secrets/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String name, Caller caller) {
    SecretName valid = SecretName.parse(name).orElseThrow(SecretController::unknown);
    if (!secrets.delete(caller.project(), valid, caller.actor().toString())) {
      throw unknown();
    }
  }

  private Optional<SecretInfo> find(String name, Caller caller) {
    return SecretName.parse(name).flatMap(valid -> secrets.find(caller.project(), valid));
  }

  /** The version that is to be replaced; null if the caller does not care. */
  private @Nullable Integer expected(SecretName name, @Nullable String ifMatch, Caller caller) {
    if (ifMatch == null) {
      return null;
    }
    int live = secrets.find(caller.project(), name).map(SecretInfo::version).orElse(0);
    String wanted = ifMatch.strip();
    if (live == 0 || !(wanted.equals("*") || wanted.equals(etag(live)))) {
      throw stale(name, caller);
    }
    return live;
  }

  private ProblemException stale(SecretName name, Caller caller) {
    return new ProblemException(
        ProblemCode.PRECONDITION_FAILED,
        secrets
            .find(caller.project(), name)
            .map(secret -> "the newest version is " + secret.version())
            .orElse("there is no such secret"));
  }

  private static ProblemException unknown() {
    return new ProblemException(ProblemCode.UNKNOWN_SECRET, "there is no such secret");
  }

  private static String etag(int version) {
    return "\"" + version + "\"";
  }

  private static ObjectNode json(SecretInfo secret) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", secret.name().value())
        .put("version", secret.version())
        .put("description", secret.description())
        .put("createdAt", secret.createdAt().toString())
        .put("createdBy", secret.createdBy())
        .put("updatedAt", secret.updatedAt().toString())
        .put("updatedBy", secret.updatedBy())
        .put("lastUsedAt", secret.lastUsedAt() == null ? null : secret.lastUsedAt().toString());
  }
}
