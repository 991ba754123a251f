package io.taskwright.api.problem;

import io.taskwright.api.access.Caller;
import io.taskwright.model.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns whatever goes wrong into a problem; what comes from inside stays inside. */
@RestControllerAdvice
final class ProblemAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<byte[]> problem(ProblemException e, HttpServletRequest request) {
    ResponseEntity<byte[]> answer =
        Problems.answer(
            request,
            e.code(),
            e.code().status(),
            name(e),
            String.valueOf(e.getMessage()),
            e.errors());
    return e.retryAfter()
        .map(time ->
            ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(time.toSeconds()))
                .body(answer.getBody()))
        .orElse(answer);
  }

  /** A definition that is wrong in one way only is named by that way. */
  private static String name(ProblemException e) {
    List<String> keywords = e.errors().stream().map(Violation::keyword).distinct().toList();
    return e.code() == ProblemCode.DEFINITION_INVALID
            && keywords.size() == 1
            && keywords.getFirst().matches("[A-Z_]+")
        ? keywords.getFirst()
        : e.code().name();
  }

  @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
  ResponseEntity<byte[]> noRoute(HttpServletRequest request) {
    return known(request, ProblemCode.NOT_FOUND, "there is no such route");
  }

  @ExceptionHandler
  ResponseEntity<byte[]> noMethod(
      HttpRequestMethodNotSupportedException e, HttpServletRequest request) {
    String allowed =
        String.join(", ", Optional.ofNullable(e.getSupportedMethods()).orElse(new String[0]));
    return known(request, ProblemCode.METHOD_NOT_ALLOWED, "allowed here: " + allowed);
  }

  @ExceptionHandler
  ResponseEntity<byte[]> noMediaType(
      HttpMediaTypeNotSupportedException e, HttpServletRequest request) {
    return known(
        request,
        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
        "supported here: " + e.getSupportedMediaTypes());
  }

  @ExceptionHandler
  ResponseEntity<byte[]> notAcceptable(
      HttpMediaTypeNotAcceptableException e, HttpServletRequest request) {
    return known(
        request, ProblemCode.NOT_ACCEPTABLE, "can be given: " + e.getSupportedMediaTypes());
  }

  /** Who is nobody learns nothing about which routes there are. */
  private static ResponseEntity<byte[]> known(
      HttpServletRequest request, ProblemCode code, String detail) {
    return Caller.of(request).isPresent()
        ? Problems.answer(request, code, detail, List.of())
        : Problems.answer(
            request, ProblemCode.UNAUTHENTICATED, "send an API key as a bearer token", List.of());
  }

  @ExceptionHandler({
    CannotGetJdbcConnectionException.class,
    CannotCreateTransactionException.class,
    DataAccessResourceFailureException.class,
    TransientDataAccessException.class
  })
  ResponseEntity<byte[]> storeAway(Exception e, HttpServletRequest request) {
    LOG.atWarn()
        .addKeyValue("trace", Problems.trace(request))
        .log("the database did not answer: {}", e.getMessage());
    return Problems.answer(
        request, ProblemCode.UNAVAILABLE, "the database does not answer; try again", List.of());
  }

  @ExceptionHandler
  @Nullable ResponseEntity<byte[]> clientGone(ClientAbortException e) {
    return null;
  }

  @ExceptionHandler
  ResponseEntity<byte[]> anythingElse(Exception e, HttpServletRequest request) {
    if (e instanceof org.springframework.web.ErrorResponse answer
        && answer.getStatusCode().is4xxClientError()) {
      return known(request, ProblemCode.BAD_REQUEST, "the request cannot be understood");
    }
    LOG.atError().addKeyValue("trace", Problems.trace(request)).setCause(e).log("unexpected");
    return Problems.answer(
        request,
        ProblemCode.INTERNAL,
        "unexpected; the service's log has more under this traceId",
        List.of());
  }
}
