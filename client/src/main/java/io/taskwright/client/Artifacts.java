package io.taskwright.client;

import io.taskwright.model.ExecutionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The files that executions left. */
public final class Artifacts {
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Transport transport;

  Artifacts(Transport transport) {
    this.transport = transport;
  }

  /** All files of an execution, by path. */
  public List<Artifact> list(ExecutionId execution) {
    return Page.of(transport.send(Call.get(at(execution))).json(), Artifact::new).items();
  }

  /**
   * Writes the bytes of one into a file.
   *
   * @throws ProblemException if they are gone
   */
  public void download(ExecutionId execution, Artifact artifact, Path target) {
    String route = at(execution) + "/" + Call.segment(artifact.id());
    transport.download(Call.get(route).patient(LONGEST), target);
  }

  private static String at(ExecutionId execution) {
    return "/executions/" + execution + "/artifacts";
  }
}
