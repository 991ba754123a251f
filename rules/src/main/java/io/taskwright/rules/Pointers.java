package io.taskwright.rules;

/** Writes RFC 6901 pointers. */
final class Pointers {
  private Pointers() {}

  static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
