package io.taskwright.api.access;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Reads the credentials of every request, and turns away what no honest client sends. What a caller
 * may do is decided later, at the route that was really found.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class AccessFilter extends OncePerRequestFilter {
  private static final Set<String> CREDENTIALS =
      Set.of("api_key", "apikey", "api-key", "access_token", "token", "key", "authorization");
  private static final String BEARER = "bearer ";

  private final Authenticator authenticator;
  private final HandlerExceptionResolver problems;

  /**
   * @param problems answers what breaks here as it answers what breaks in a route
   */
  AccessFilter(
      Authenticator authenticator,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    this.authenticator = authenticator;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    Optional<ResponseEntity<byte[]>> refusal;
    try {
      refusal = refusal(request);
    } catch (DataAccessException | TransactionException e) {
      problems.resolveException(request, response, null, e);
      return;
    }
    if (refusal.isPresent()) {
      write(refusal.get(), response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private Optional<ResponseEntity<byte[]>> refusal(HttpServletRequest request) {
    if (carriesCredentials(request.getQueryString())) {
      return Optional.of(
          Problems.answer(
              request,
              ProblemCode.CREDENTIALS_IN_URL,
              "send the key in the Authorization header; this one is in logs now, revoke it",
              List.of()));
    }
    if (isOdd(request.getRequestURI())) {
      return Optional.of(
          Problems.answer(request, ProblemCode.NOT_FOUND, "there is no such route", List.of()));
    }
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization == null) {
      return Optional.empty();
    }
    Optional<String> secret = bearer(authorization);
    if (secret.filter(AttemptTokens::looksLikeOne).isPresent()) {
      return Optional.empty(); // judged by the route, which alone takes such tokens
    }
    Optional<Caller> caller = secret.flatMap(authenticator::caller);
    if (caller.isEmpty()) {
      return Optional.of(
          Problems.answer(
              request,
              ProblemCode.UNAUTHENTICATED,
              "the API key is unknown or revoked",
              List.of()));
    }
    if (namesAnotherProject(request, caller.get())) {
      return Optional.of(
          Problems.answer(
              request,
              ProblemCode.TENANT_MISMATCH,
              "the project comes from the API key; leave the header out",
              List.of()));
    }
    caller.get().remember(request);
    return Optional.empty();
  }

  private static boolean carriesCredentials(@org.jspecify.annotations.Nullable String query) {
    if (query == null) {
      return false;
    }
    for (String parameter : query.split("&", -1)) {
      int end = parameter.indexOf('=');
      String name = end < 0 ? parameter : parameter.substring(0, end);
      if (CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  /** Spellings by which one path could pass for another. None of our routes needs them. */
  private static boolean isOdd(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return path.contains(";")
        || path.contains("//")
        || path.contains("\\")
        || path.contains("/./")
        || path.contains("/../")
        || path.endsWith("/.")
        || path.endsWith("/..")
        || lower.contains("%2f")
        || lower.contains("%5c")
        || lower.contains("%2e")
        || lower.contains("%25")
        || lower.contains("%00")
        || lower.contains("%3b");
  }

  private static boolean namesAnotherProject(HttpServletRequest request, Caller caller) {
    for (String header : List.of("X-Project", "X-Tenant", "X-Tenant-Id")) {
      String named = request.getHeader(header);
      if (named != null && !named.equals(caller.project().name())) {
        return true;
      }
    }
    return false;
  }

  static Optional<String> bearer(String authorization) {
    return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? Optional.of(authorization.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  private static void write(ResponseEntity<byte[]> answer, HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.getStatusCode().value());
    answer
        .getHeaders()
        .forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
    byte[] body = answer.getBody();
    if (body != null) {
      response.getOutputStream().write(body);
    }
  }
}
