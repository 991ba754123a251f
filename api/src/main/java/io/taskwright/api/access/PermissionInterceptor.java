package io.taskwright.api.access;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets a request through to the route that was found for it if the route's declaration says so.
 * Paths play no part: whatever led to the route, its own declaration holds.
 */
@Component
public final class PermissionInterceptor implements HandlerInterceptor {
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod route) {
      if (route.hasMethodAnnotation(OpenToAll.class)) {
        return true;
      }
      if (route.hasMethodAnnotation(AttemptTokenOnly.class)) {
        if (AttemptTokens.of(request).isEmpty()) {
          throw new ProblemException(
              ProblemCode.UNAUTHENTICATED, "send the token of an open attempt");
        }
        return true;
      }
      Requires requires = route.getMethodAnnotation(Requires.class);
      Caller caller = caller(request);
      if (requires != null && requires.value().isOf(caller.role())) {
        return true;
      }
      throw new ProblemException(
          ProblemCode.FORBIDDEN,
          "the role "
              + caller.role().word()
              + " of the key '"
              + caller.key()
              + "' does not allow "
              + (requires == null ? "this" : requires.value()));
    }
    caller(request);
    return true;
  }

  private static Caller caller(HttpServletRequest request) {
    return Caller.of(request)
        .orElseThrow(() ->
            new ProblemException(ProblemCode.UNAUTHENTICATED, "send an API key as a bearer token"));
  }
}
