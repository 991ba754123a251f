package io.taskwright.app.server;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of the files of executions, {@code taskwright.artifacts.*}.
 *
 * @param retention how long files are kept: what programs left after its making, what they were
 *     given after its last use
 * @param grace how long bytes that nothing refers to stay, at least
 * @param sweepEvery how often what is over is looked for
 * @param uploadMib how large one uploaded file may be, in MiB, 1 to 1024
 */
public record ArtifactProperties(
    @DefaultValue("P30D") Duration retention,
    @DefaultValue("PT1H") Duration grace,
    @DefaultValue("PT1M") Duration sweepEvery,
    @DefaultValue("256") int uploadMib) {
  public ArtifactProperties {
    positive("retention", retention);
    positive("grace", grace);
    positive("sweep-every", sweepEvery);
    ServiceProperties.within("taskwright.artifacts.upload-mib", uploadMib, 1024);
  }

  private static void positive(String name, Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "taskwright.artifacts." + name + " must be at least PT1S, but is " + duration);
    }
  }
}
