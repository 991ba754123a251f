package io.taskwright.rules;

/** The rules of definitions that no JSON Schema keyword names. */
final class Codes {
  static final String EGRESS_NOT_ALLOWED = "EGRESS_NOT_ALLOWED";
  static final String INVALID_DEPENDENCY = "INVALID_DEPENDENCY";
  static final String INVALID_DESTINATION = "INVALID_DESTINATION";
  static final String INVALID_EXPRESSION = "INVALID_EXPRESSION";
  static final String INVALID_NAME = "INVALID_NAME";
  static final String INVALID_PATH = "INVALID_PATH";
  static final String INVALID_SCHEMA = "INVALID_SCHEMA";
  static final String LIMIT_OUT_OF_RANGE = "LIMIT_OUT_OF_RANGE";
  static final String RESERVED_ENV = "RESERVED_ENV";
  static final String UNKNOWN_FIELD = "UNKNOWN_FIELD";
  static final String SECRETS_NOT_ALLOWED = "SECRETS_NOT_ALLOWED";
  static final String UNKNOWN_RUNTIME = "UNKNOWN_RUNTIME";
  static final String UNKNOWN_SECRET = "UNKNOWN_SECRET";
  static final String UNSUPPORTED = "UNSUPPORTED";

  private Codes() {}
}
