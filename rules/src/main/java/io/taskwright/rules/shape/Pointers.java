package io.taskwright.rules.shape;

/** Writes RFC 6901 pointers. */
public final class Pointers {
  private Pointers() {}

  /** The name as one part of a pointer. */
  public static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
