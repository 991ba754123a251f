package io.taskwright.store.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.store.StoreTestApplication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(classes = StoreTestApplication.class)
class DependencyLocksIT {
  private static final List<String> WANTED = List.of("a==1", "b==2");

  @Autowired Catalogue catalogue;
  @Autowired DependencyLocks locks;

  private TaskId task(String name) {
    TaskId task = catalogue.create(Project.DEFAULT, name, "{}", "ada").task();
    catalogue.revise(Project.DEFAULT, task, 1, "{}", "ada");
    catalogue.revise(Project.DEFAULT, task, 2, "{}", "ada");
    return task;
  }

  @Test
  void keepsTheFirstOfferOfEachPlatform() {
    TaskId task = task("first");
    assertThat(locks.find(task, 1, "p", WANTED)).isEmpty();
    assertThat(locks.keep(task, 1, "p", WANTED, "one")).isEqualTo("one");
    assertThat(locks.keep(task, 1, "p", WANTED, "two")).isEqualTo("one");
    assertThat(locks.find(task, 1, "p", WANTED)).contains("one");
    assertThat(locks.find(task, 1, "q", WANTED)).isEmpty();
    assertThat(locks.keep(task, 1, "q", WANTED, "two")).isEqualTo("two");
  }

  @Test
  void aVersionWithTheSameListTakesTheLockOver() {
    TaskId task = task("same");
    locks.keep(task, 1, "p", WANTED, "one");
    assertThat(locks.find(task, 2, "p", WANTED)).contains("one");
    assertThat(locks.keep(task, 2, "p", WANTED, "two")).isEqualTo("one");
    assertThat(locks.find(task, 3, "p", List.of("a==1"))).isEmpty();
  }

  @Test
  void anotherTaskHasLocksOfItsOwn() {
    locks.keep(task("mine"), 1, "p", WANTED, "one");
    assertThat(locks.find(task("other"), 1, "p", WANTED)).isEmpty();
  }
}
