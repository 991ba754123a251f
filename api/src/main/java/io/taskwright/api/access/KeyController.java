package io.taskwright.api.access;

import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Envelope;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.Project;
import io.taskwright.store.access.ApiKey;
import io.taskwright.store.access.ApiKeys;
import io.taskwright.store.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** API keys and projects. */
@RestController
final class KeyController {
  private static final int MOST_BYTES = 16 << 10;
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9 ._@-]{0,99}";

  private final ApiKeys keys;
  private final Authenticator authenticator;

  KeyController(ApiKeys keys, Authenticator authenticator) {
    this.keys = keys;
    this.authenticator = authenticator;
  }

  @Requires(Permission.MANAGE_KEYS)
  @PostMapping("/keys")
  ResponseEntity<JsonNode> issue(HttpServletRequest request, Caller caller) throws IOException {
    Envelope body = Envelope.of(Bodies.json(request, MOST_BYTES));
    String name = body.requiredText("name");
    String word = body.requiredText("role");
    body.end();
    if (!name.matches(NAME)) {
      throw new ProblemException(ProblemCode.VALUE_INVALID, "name must match " + NAME);
    }
    Role role =
        Role.of(word)
            .orElseThrow(() ->
                new ProblemException(
                    ProblemCode.VALUE_INVALID,
                    "role must be viewer, operator, author, admin or executor"));
    return issued(caller.project(), name, role, caller);
  }

  private ResponseEntity<JsonNode> issued(Project project, String name, Role role, Caller caller) {
    ApiKeys.Issued issued =
        keys.issue(project, name, role, caller.actor().toString())
            .orElseThrow(() ->
                new ProblemException(
                    ProblemCode.NAME_TAKEN, "there is a key '" + name + "'; revoke it first"));
    return ResponseEntity.created(URI.create("/keys/" + issued.key().id()))
        .body(json(issued.key()).put("secret", issued.secret()));
  }

  @Requires(Permission.MANAGE_KEYS)
  @GetMapping("/keys")
  ObjectNode list(Caller caller) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray("items");
    keys.all(caller.project()).forEach(key -> items.add(json(key)));
    return answer;
  }

  /** Who the caller is and what it may do, so that a page need not offer what would be refused. */
  @Requires(Permission.READ_CALLER)
  @GetMapping("/keys/current")
  ObjectNode current(Caller caller) {
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("project", caller.project().name())
            .put("name", caller.key())
            .put("role", caller.role().word());
    ArrayNode permissions = answer.putArray("permissions");
    Permission.of(caller.role()).forEach(permission -> permissions.add(permission.name()));
    return answer;
  }

  @Requires(Permission.MANAGE_KEYS)
  @DeleteMapping("/keys/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable String id, Caller caller) {
    if (!id.matches("[0-9a-f-]{36}") || !keys.revoke(caller.project(), UUID.fromString(id))) {
      throw ProblemException.notFound("such live key");
    }
    authenticator.forget();
  }

  /**
   * Adds a project with its first key, an administrator's; for administrators of the installation.
   */
  @Requires(Permission.MANAGE_PROJECTS)
  @PostMapping("/projects")
  ResponseEntity<JsonNode> addProject(HttpServletRequest request, Caller caller)
      throws IOException {
    ofInstallation(caller);
    Envelope body = Envelope.of(Bodies.json(request, MOST_BYTES));
    String name = body.requiredText("name");
    body.end();
    if (!Project.isName(name)) {
      throw new ProblemException(
          ProblemCode.VALUE_INVALID,
          "name must be 1 to 63 lower-case letters, digits and inner hyphens");
    }
    Project project = new Project(name);
    if (!keys.addProject(project)) {
      throw new ProblemException(ProblemCode.NAME_TAKEN, "there is a project '" + name + "'");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("name", name);
    answer.set("key", issued(project, "admin", Role.ADMIN, caller).getBody());
    return ResponseEntity.created(URI.create("/projects/" + name)).body(answer);
  }

  @Requires(Permission.MANAGE_PROJECTS)
  @GetMapping("/projects")
  ObjectNode projects(Caller caller) {
    ofInstallation(caller);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray("items");
    keys.projects().forEach(project -> items.addObject().put("name", project.name()));
    return answer;
  }

  private static void ofInstallation(Caller caller) {
    if (!caller.project().equals(Project.DEFAULT)) {
      throw new ProblemException(
          ProblemCode.FORBIDDEN, "only administrators of the project 'default' manage projects");
    }
  }

  private static ObjectNode json(ApiKey key) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", key.id().toString())
        .put("project", key.project().name())
        .put("name", key.name())
        .put("role", key.role().word())
        .put("createdAt", key.createdAt().toString())
        .put("createdBy", key.createdBy())
        .put("revokedAt", key.revokedAt() == null ? null : key.revokedAt().toString());
  }
}
