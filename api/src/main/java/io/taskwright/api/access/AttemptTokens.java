package io.taskwright.api.access;

import io.taskwright.store.execution.ExecutionToken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** Tokens of attempts in requests. */
public final class AttemptTokens {
  private AttemptTokens() {}

  static boolean looksLikeOne(String secret) {
    return ExecutionToken.parse(secret).isPresent();
  }

  /** The token that the request carries, good or not. */
  public static Optional<ExecutionToken> of(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
        .flatMap(AccessFilter::bearer)
        .flatMap(ExecutionToken::parse);
  }
}
