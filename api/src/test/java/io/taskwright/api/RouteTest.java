package io.taskwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.api.Routes.Route;
import io.taskwright.api.access.AttemptTokenOnly;
import io.taskwright.api.access.OpenToAll;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.store.access.Role;
import java.lang.annotation.Annotation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RouteTest {
  private static final List<Class<? extends Annotation>> DECLARATIONS =
      List.of(Requires.class, OpenToAll.class, AttemptTokenOnly.class);

  static List<Route> routes() throws ClassNotFoundException {
    return Routes.all();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void everyRouteDeclaresWhoMayCallIt(Route route) {
    assertThat(DECLARATIONS.stream().filter(route.method()::isAnnotationPresent))
        .as("%s must carry exactly one of %s", route, DECLARATIONS)
        .hasSize(1);
  }

  @Test
  void onlyHealthAndThePagesFilesAreOpenToAll() throws ClassNotFoundException {
    assertThat(routes().stream().filter(r -> r.method().isAnnotationPresent(OpenToAll.class)))
        .extracting(Route::toString)
        .containsExactlyInAnyOrder(
            "GET /health/live", "GET /health/ready", "GET /", "GET /ui", "GET /ui/{*path}");
  }

  @Test
  void everyPermissionIsAskedForSomewhere() throws ClassNotFoundException {
    assertThat(
            routes().stream()
                .map(route -> route.method().getAnnotation(Requires.class))
                .filter(requires -> requires != null)
                .map(Requires::value))
        .contains(Permission.values());
  }

  @Test
  void eachRoleHasWhatTheOneBeforeHas() {
    List<Role> roles = List.of(Role.VIEWER, Role.OPERATOR, Role.AUTHOR, Role.ADMIN);
    for (int i = 1; i < roles.size(); i++) {
      assertThat(Permission.of(roles.get(i))).containsAll(Permission.of(roles.get(i - 1)));
      assertThat(Permission.of(roles.get(i)))
          .hasSizeGreaterThan(Permission.of(roles.get(i - 1)).size());
    }
    assertThat(Permission.of(Role.EXECUTOR)).containsExactly(Permission.OPEN_ATTEMPTS);
    assertThat(Permission.of(Role.ADMIN)).doesNotContain(Permission.OPEN_ATTEMPTS);
  }
}
