package io.taskwright.app.client;

import io.taskwright.app.terminal.Documents;
import io.taskwright.app.terminal.Harmless;
import io.taskwright.client.Task;

/** A version of a task, for a person. */
final class TaskText {
  private TaskText() {}

  static String of(Task task, TimeOfDay times) {
    return "task %s, version %d%s\nid %s\ncreated %sby %s\n\n%s"
        .formatted(
            task.name(),
            task.version(),
            task.state().equals("archived") ? ", archived" : "",
            task.id(),
            task.createdAt().map(time -> times.dayAndTime(time) + " ").orElse(""),
            Harmless.line(task.createdBy()),
            Harmless.lines(Documents.yaml(task.definition())));
  }

  /** The first line of its description. */
  static String summary(Task task) {
    return task.json().path("description").asString("").lines().findFirst().orElse("");
  }
}
