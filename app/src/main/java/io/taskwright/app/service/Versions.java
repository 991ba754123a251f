package io.taskwright.app.service;

import io.taskwright.app.machine.Obstacle;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * The versions that this distribution was built with.
 *
 * @param taskwright its own
 * @param postgres of PostgreSQL's programs
 */
public record Versions(String taskwright, String postgres) {
  /** Those of this distribution. */
  public static Versions read() {
    Properties properties = new Properties();
    try (InputStream stream =
        Versions.class.getResourceAsStream("/io/taskwright/app/version.properties")) {
      properties.load(stream);
    } catch (IOException | NullPointerException e) {
      throw new Obstacle("The distribution does not say its version; build it again.", e);
    }
    return new Versions(properties.getProperty("taskwright"), properties.getProperty("postgres"));
  }
}
