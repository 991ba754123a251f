package io.taskwright.api.task;

import io.taskwright.api.access.Caller;
import io.taskwright.api.body.Parameters;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.TaskHead;
import io.taskwright.store.catalogue.TaskVersion;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.stereotype.Component;

/** Finds what a request names, or says that it is not there. */
@Component
final class KnownTasks {
  private static final String NUMBER = "[1-9][0-9]{0,8}";

  private final Catalogue catalogue;

  KnownTasks(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** A version of a task; the newest if none is named. */
  TaskVersion version(Caller caller, String task, OptionalInt number) {
    return catalogue
        .find(caller.project(), task, number)
        .orElseThrow(() -> absent(caller, task, number));
  }

  /** The newest version of a task. */
  TaskVersion latest(Caller caller, String task) {
    return version(caller, task, OptionalInt.empty());
  }

  private ProblemException absent(Caller caller, String task, OptionalInt number) {
    if (number.isPresent()) {
      return ProblemException.notFound("such version of such a task");
    }
    return catalogue
        .head(caller.project(), task)
        .map(head ->
            ProblemException.notFound(
                "version of '%s' yet, only a draft: GET /tasks/%s/draft"
                    .formatted(head.name(), head.name())))
        .orElseGet(() -> ProblemException.notFound("such task"));
  }

  /** A task, whatever its versions hold. */
  TaskHead head(Caller caller, String task) {
    return catalogue
        .head(caller.project(), task)
        .orElseThrow(() -> ProblemException.notFound("such task"));
  }

  /** A task that is not put away. */
  TaskHead inUse(Caller caller, String task) {
    TaskHead head = head(caller, task);
    if (head.archived() != null) {
      throw archived(head.name());
    }
    return head;
  }

  static ProblemException archived(String name) {
    return new ProblemException(
        ProblemCode.TASK_ARCHIVED,
        "'%s' is not changed any more; POST /tasks/%s/unarchive takes it out again"
            .formatted(name, name));
  }

  static ProblemException stale(int latest) {
    return new ProblemException(
        ProblemCode.PRECONDITION_FAILED,
        "the newest version is " + latest + "; read it, change it, send its ETag");
  }

  /** The number of a version in a query. */
  static OptionalInt number(Parameters parameters, String name) {
    Optional<String> text = parameters.one(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.get().matches(NUMBER)) {
      throw Parameters.wrong(name, "must be the number of a version");
    }
    return OptionalInt.of(Integer.parseInt(text.get()));
  }

  /** The number of a version in a path. */
  static int number(String text) {
    if (!text.matches(NUMBER)) {
      throw ProblemException.notFound("such version of such a task");
    }
    return Integer.parseInt(text);
  }

  /** Yes or no in a query; no unless said. */
  static boolean flag(Parameters parameters, String name) {
    String text = parameters.one(name).orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw Parameters.wrong(name, "must be true or false");
    }
    return text.equals("true");
  }
}
