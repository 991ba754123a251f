package io.taskwright.model;

import java.util.regex.Pattern;

/**
 * The tenancy boundary: every row belongs to one. It comes from the caller's credentials, never
 * from a body.
 *
 * @param name lower-case letters, digits and inner hyphens, at most 63 characters
 */
public record Project(String name) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** The project that every installation has; the first administrator belongs to it. */
  public static final Project DEFAULT = new Project("default");

  public Project {
    if (!isName(name)) {
      throw new IllegalArgumentException("no project name: " + name);
    }
  }

  /** Tells whether the text can name a project. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  @Override
  public String toString() {
    return name;
  }
}
