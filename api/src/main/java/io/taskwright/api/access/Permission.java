package io.taskwright.api.access;

import io.taskwright.store.access.Role;
import java.util.EnumSet;
import java.util.Set;

/** What a route lets its caller do. */
public enum Permission {
  READ_CALLER(Role.VIEWER),
  READ_TASKS(Role.VIEWER),
  WRITE_TASKS(Role.AUTHOR),
  READ_EXECUTIONS(Role.VIEWER),
  START_EXECUTIONS(Role.OPERATOR),
  CONTROL_EXECUTIONS(Role.OPERATOR),
  READ_LOGS(Role.VIEWER),
  WRITE_LOGS(Role.OPERATOR),
  READ_METRICS(Role.VIEWER),
  READ_CONTRACT(Role.VIEWER),
  READ_SECRETS(Role.AUTHOR),
  WRITE_SECRETS(Role.ADMIN),
  MANAGE_KEYS(Role.ADMIN),
  MANAGE_SETTINGS(Role.ADMIN),
  MANAGE_PROJECTS(Role.ADMIN),
  READ_POOLS(Role.VIEWER),
  OPEN_ATTEMPTS(Role.EXECUTOR);

  private final Role least;

  Permission(Role least) {
    this.least = least;
  }

  /** Whether the role has it. Viewer, operator, author, admin: each has what the one before has. */
  public boolean isOf(Role role) {
    boolean ofExecutors = least == Role.EXECUTOR;
    if (ofExecutors || role == Role.EXECUTOR) {
      return ofExecutors && role == Role.EXECUTOR;
    }
    return role.compareTo(least) >= 0;
  }

  /** Everything that the role may do. */
  public static Set<Permission> of(Role role) {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    for (Permission permission : values()) {
      if (permission.isOf(role)) {
        permissions.add(permission);
      }
    }
    return permissions;
  }
}
