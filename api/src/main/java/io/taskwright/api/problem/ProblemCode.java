package io.taskwright.api.problem;

import java.util.Locale;

/** What can be wrong with a request. Clients switch over the name. */
public enum ProblemCode {
  BODY_REQUIRED(400, "A body is required"),
  MALFORMED_JSON(400, "The body is no well-formed JSON"),
  MALFORMED_YAML(400, "The body is no well-formed YAML"),
  DUPLICATE_KEY(400, "A key stands twice in an object"),
  INVALID_TYPE(400, "A value has the wrong type"),
  INVALID_CHARACTER(400, "A text holds a character that cannot be kept"),
  UNKNOWN_FIELD(400, "A field is unknown"),
  FIELD_REQUIRED(400, "A field is required"),
  OUT_OF_RANGE(400, "A number is out of range"),
  INVALID_PARAMETER(400, "A parameter is wrong"),
  INVALID_PAGE(400, "The page cannot be given"),
  INVALID_TIME(400, "A time is wrong"),
  INVALID_IDEMPOTENCY_KEY(400, "The idempotency key is wrong"),
  CREDENTIALS_IN_URL(400, "Credentials do not belong into a URL"),
  TENANT_MISMATCH(400, "The project is not the caller's"),
  UNAUTHENTICATED(401, "Credentials are required"),
  FORBIDDEN(403, "The caller may not do this"),
  NOT_FOUND(404, "There is no such thing"),
  UNKNOWN_SECRET(404, "There is no such secret"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "No acceptable form of the answer"),
  NAME_TAKEN(409, "The name is taken"),
  TASK_ARCHIVED(409, "The task is archived"),
  VERSION_ARCHIVED(409, "The version is archived"),
  NEWEST_VERSION(409, "The newest version stays in use"),
  NOT_PUBLISHED(409, "The task has no version yet"),
  DRAFT_OUTDATED(409, "There is a newer version than the draft knows"),
  WOULD_REFUSE(409, "The version would refuse what was taken before"),
  ALREADY_ENDED(409, "It has ended"),
  NOT_ENDED(409, "The execution has not ended"),
  NOT_PAUSED(409, "The execution is not paused"),
  NOTHING_FAILED(409, "Nothing failed that could be tried again"),
  COUNT_DIFFERS(409, "There are not as many as was expected"),
  DRY_RUN(409, "The execution is a dry run"),
  SIGNALS_FULL(409, "The execution keeps no more signals"),
  ATTEMPT_OVER(409, "The attempt is over"),
  GONE(410, "It is not there any more"),
  PRECONDITION_FAILED(412, "The version is not the newest"),
  TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The form of the body is not supported"),
  RANGE_NOT_SATISFIABLE(416, "The range lies outside"),
  DEFINITION_INVALID(422, "The definition is wrong"),
  INPUT_INVALID(422, "The input breaks the task's schema"),
  OUTPUT_INVALID(422, "The output breaks the task's schema"),
  PAYLOAD_INVALID(422, "What came with the signal breaks its schema"),
  UNKNOWN_SIGNAL(422, "The task declares no such signal"),
  IMPORT_INVALID(422, "The import is wrong"),
  BUNDLE_INVALID(422, "The bundle is wrong"),
  VALUE_INVALID(422, "A value is wrong"),
  TOO_MANY_EXECUTIONS(422, "There are more than one batch may have"),
  IDEMPOTENCY_CONFLICT(422, "The idempotency key was used with another body"),
  PRECONDITION_REQUIRED(428, "A precondition is required"),
  CONCURRENCY_LIMIT(429, "As many of the task as may be are under way"),
  RATE_LIMIT(429, "Executions would begin faster than they may"),
  QUOTA_EXCEEDED(429, "The project has as many executions as it may have"),
  BAD_REQUEST(400, "The request is wrong"),
  INTERNAL(500, "Something went wrong inside"),
  UNAVAILABLE(503, "The service cannot answer now");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status that says the same. */
  public int status() {
    return status;
  }

  String title() {
    return title;
  }

  String type() {
    return "urn:taskwright:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
