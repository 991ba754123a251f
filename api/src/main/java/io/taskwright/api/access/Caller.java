package io.taskwright.api.access;

import io.taskwright.model.Project;
import io.taskwright.model.execution.Actor;
import io.taskwright.store.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Who calls.
 *
 * @param project the one that all that the caller sees belongs to
 * @param key the name of the API key
 */
public record Caller(Project project, String key, Role role) {
  private static final String ATTRIBUTE = Caller.class.getName();

  /** The caller of the request, if its credentials were good. */
  public static Optional<Caller> of(HttpServletRequest request) {
    return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
  }

  void remember(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** The caller as the records name it. */
  public Actor actor() {
    return new Actor(Actor.Kind.KEY, key);
  }
}
