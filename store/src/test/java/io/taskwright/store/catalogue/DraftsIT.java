package io.taskwright.store.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.store.StoreTestApplication;
import io.taskwright.store.catalogue.Drafts.Publication;
import io.taskwright.store.catalogue.Drafts.Saved;
import io.taskwright.store.catalogue.VersionName.Standing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(classes = StoreTestApplication.class)
class DraftsIT {
  private static final Project MINE = Project.DEFAULT;
  private static final OptionalInt LATEST = OptionalInt.empty();

  @Autowired Catalogue catalogue;
  @Autowired Drafts drafts;
  @Autowired Archive archive;
  @Autowired JdbcClient jdbc;

  private static Saved saved(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Saved("{}", new Source(bytes, "application/yaml", "a/task.yaml"), "ada");
  }

  private static String text(Source source) {
    return new String(source.bytes(), StandardCharsets.UTF_8);
  }

  private TaskId task(String name) {
    return catalogue.create(MINE, name, "{}", "ada").task();
  }

  @Test
  void aTaskMayBeginAsADraftAndKeepsItsNameForItself() {
    Draft draft = drafts.create(MINE, "begun", saved("# one"));
    assertThat(catalogue.find(MINE, "begun", LATEST)).isEmpty();
    assertThat(catalogue.name(MINE, "begun", LATEST)).isEmpty();
    assertThat(catalogue.page(MINE, false, "", "begun", 9)).isEmpty();
    assertThat(drafts.page(MINE, "", "begun", 9)).hasSize(1);
    assertThatThrownBy(() -> catalogue.create(MINE, "BEGUN", "{}", "ada"))
        .isInstanceOf(Catalogue.NameTaken.class);

    assertThat(drafts.publish(MINE, draft, "first", "bob"))
        .isInstanceOf(Publication.Published.class);

    TaskVersion version = catalogue.find(MINE, "begun", LATEST).orElseThrow();
    assertThat(version.number()).isEqualTo(1);
    assertThat(version.note()).isEqualTo("first");
    assertThat(version.origin()).isEqualTo(VersionOrigin.DRAFT);
    assertThat(text(catalogue.source(version).orElseThrow())).isEqualTo("# one");
    assertThat(drafts.find(MINE, draft.task())).isEmpty();
  }

  @Test
  void aDraftThatIsRemovedTakesATaskWithoutVersionsAlong() {
    Draft draft = drafts.create(MINE, "removed", saved("x"));
    assertThat(drafts.remove(draft.task(), draft.revision() + 1)).isFalse();
    assertThat(drafts.remove(draft.task(), draft.revision())).isTrue();
    assertThat(catalogue.head(MINE, "removed")).isEmpty();
    TaskId kept = task("kept-task");
    Draft second = drafts.begin(MINE, kept, 1, saved("x")).orElseThrow();
    assertThat(drafts.remove(kept, second.revision())).isTrue();
    assertThat(catalogue.find(MINE, "kept-task", LATEST)).isPresent();
  }

  @Test
  void noRevisionComesTwice() {
    TaskId task = task("revisions");
    int first = drafts.begin(MINE, task, 1, saved("x")).orElseThrow().revision();
    drafts.remove(task, first);
    assertThat(drafts.begin(MINE, task, 1, saved("y")).orElseThrow().revision())
        .isGreaterThan(first);
    assertThat(drafts.begin(MINE, task, 1, saved("z"))).isEmpty();
    assertThat(drafts.save(MINE, task, first, LATEST, saved("z"))).isEmpty();
  }

  @Test
  void aDraftIsSavedAndPublishedByOneOfMany() throws Exception {
    TaskId task = task("contested");
    Draft draft = drafts.begin(MINE, task, 1, saved("x")).orElseThrow();
    List<Boolean> saves =
        atOnce(8, () -> drafts.save(MINE, task, draft.revision(), LATEST, saved("y")).isPresent());
    assertThat(saves).containsOnlyOnce(true);
    Draft newest = drafts.find(MINE, task).orElseThrow();
    List<Publication> publications = atOnce(8, () -> drafts.publish(MINE, newest, "", "ada"));
    assertThat(publications).hasAtLeastOneElementOfType(Publication.Published.class);
    assertThat(publications.stream().filter(Publication.Published.class::isInstance)).hasSize(1);
    assertThat(catalogue.versions(MINE, task)).hasSize(2);
  }

  @Test
  void aDraftThatWasOvertakenStaysWhatItWas() {
    TaskId task = task("overtaken");
    Draft draft = drafts.begin(MINE, task, 1, saved("x")).orElseThrow();
    catalogue.revise(MINE, task, 1, "{}", "bob");
    assertThat(drafts.publish(MINE, draft, "", "ada")).isInstanceOf(Publication.Outdated.class);
    assertThat(drafts.find(MINE, task)).isPresent();
    Draft based =
        drafts.save(MINE, task, draft.revision(), OptionalInt.of(2), saved("x")).orElseThrow();
    assertThat(drafts.publish(MINE, based, "", "ada")).isInstanceOf(Publication.Published.class);
  }

  @Test
  void savingAndPublishingAtOnceNeverBlockEachOther() throws Exception {
    TaskId task = task("crossing");
    for (int round = 1; round <= 10; round++) {
      Draft draft = drafts.begin(MINE, task, round, saved("x")).orElseThrow();
      List<Boolean> done =
          atOnce(
              4,
              () -> {
                drafts.save(MINE, task, draft.revision(), LATEST, saved("y"));
                return drafts.publish(MINE, draft, "", "ada") instanceof Publication.Published;
              });
      drafts.find(MINE, task).ifPresent(left -> drafts.publish(MINE, left, "", "ada"));
      assertThat(done).hasSize(4);
      assertThat(catalogue.versions(MINE, task)).hasSize(round + 1);
    }
  }

  @Test
  void whatIsPutAwayIsSeenAtOnceAndCannotBeRevised() {
    TaskId task = task("away");
    catalogue.revise(MINE, task, 1, "{}", "ada");
    assertThat(archive.put(task, 2, "ada")).as("the newest").isFalse();
    assertThat(archive.put(task, 1, "ada")).isTrue();
    assertThat(standing(OptionalInt.of(1))).isEqualTo(Standing.VERSION_ARCHIVED);
    assertThat(standing(LATEST)).isEqualTo(Standing.IN_USE);
    archive.take(task, 1);
    assertThat(standing(OptionalInt.of(1))).isEqualTo(Standing.IN_USE);

    archive.put(task, "ada");
    assertThat(standing(LATEST)).isEqualTo(Standing.TASK_ARCHIVED);
    assertThat(catalogue.page(MINE, false, "", "away", 9)).isEmpty();
    assertThat(catalogue.page(MINE, true, "", "away", 9)).hasSize(1);
    assertThat(catalogue.revise(MINE, task, 2, "{}", "ada")).isEmpty();
    archive.take(task);
    assertThat(catalogue.revise(MINE, task, 2, "{}", "ada")).isPresent();
  }

  private Standing standing(OptionalInt version) {
    return catalogue.name(MINE, "away", version).orElseThrow().standing();
  }

  @Test
  void aVersionIsNeverChanged() {
    TaskId task = task("immutable");
    for (String change :
        List.of(
            "update task_version set definition = '{\"x\":1}' where task_id = ?",
            "update task_version set note = 'x' where task_id = ?",
            "update task_source set bytes = '' where task_id = ?",
            "delete from task_source where task_id = ?",
            "delete from task_version where task_id = ?")) {
      assertThatThrownBy(() -> jdbc.sql(change).param(task.value()).update())
          .hasMessageContaining("never changed");
    }
  }

  private static <T> List<T> atOnce(int count, Callable<T> call) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<T>> results =
          threads.invokeAll(IntStream.range(0, count).mapToObj(i -> call).toList());
      return results.stream().map(Future::resultNow).toList();
    }
  }
}
