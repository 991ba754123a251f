package io.taskwright.store.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.Project;
import io.taskwright.store.StoreTestApplication;
import io.taskwright.store.access.ApiKeys;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(classes = StoreTestApplication.class)
class CatalogueIT {
  private static final Project MINE = Project.DEFAULT;
  private static final Project OTHER = new Project("other");

  @Autowired Catalogue catalogue;
  @Autowired ApiKeys keys;

  @Test
  void findsATaskByIdAndByNameInItsProjectOnly() {
    keys.addProject(OTHER);
    TaskVersion made = catalogue.create(MINE, "found", "{\"name\":\"found\"}", "ada");
    assertThat(catalogue.find(MINE, "found", OptionalInt.empty())).contains(made);
    assertThat(catalogue.find(MINE, made.task().toString(), OptionalInt.empty())).contains(made);
    assertThat(catalogue.find(OTHER, made.task().toString(), OptionalInt.empty())).isEmpty();
    assertThat(catalogue.find(OTHER, "found", OptionalInt.empty())).isEmpty();
    assertThat(catalogue.find(MINE, "found", OptionalInt.of(2))).isEmpty();
  }

  @Test
  void namesTheVersionThatItFinds() {
    keys.addProject(OTHER);
    TaskVersion first = catalogue.create(MINE, "named", "{}", "ada");
    TaskVersion second = catalogue.revise(MINE, first.task(), 1, "{}", "ada").orElseThrow();
    for (String asked : List.of("named", "NAMED", first.task().toString())) {
      assertThat(catalogue.name(MINE, asked, OptionalInt.empty())).contains(name(second));
      assertThat(catalogue.name(MINE, asked, OptionalInt.of(1))).contains(name(first));
      assertThat(catalogue.name(MINE, asked, OptionalInt.of(3))).isEmpty();
      assertThat(catalogue.name(OTHER, asked, OptionalInt.empty())).isEmpty();
    }
  }

  private static VersionName name(TaskVersion version) {
    return new VersionName(version.task(), version.name(), version.number());
  }

  @Test
  void keepsTheDefinitionAsItWasWritten() {
    String definition = "{\"name\" : \"kept\",   \"b\":1.0, \"a\":1e2}";
    catalogue.create(MINE, "kept", definition, "ada");
    assertThat(catalogue.find(MINE, "kept", OptionalInt.empty()).orElseThrow().definition())
        .isEqualTo(definition);
  }

  @Test
  void refusesANameThatDiffersInCaseOnly() {
    catalogue.create(MINE, "stra\u00dfe", "{}", "ada");
    assertThatThrownBy(() -> catalogue.create(MINE, "STRA\u00dfE", "{}", "ada"))
        .isInstanceOf(Catalogue.NameTaken.class);
  }

  @Test
  void givesANameToOneOfManyWhoWantItAtOnce() throws Exception {
    List<Boolean> won =
        atOnce(
            16,
            () -> {
              try {
                catalogue.create(MINE, "wanted", "{}", "ada");
                return true;
              } catch (Catalogue.NameTaken e) {
                return false;
              }
            });
    assertThat(won).containsOnlyOnce(true);
  }

  @Test
  void givesTheNextVersionToOneOfManyWhoSawTheSameLatest() throws Exception {
    TaskVersion first = catalogue.create(MINE, "revised", "{}", "ada");
    List<Optional<TaskVersion>> revised =
        atOnce(16, () -> catalogue.revise(MINE, first.task(), 1, "{\"v\":2}", "ada"));
    assertThat(revised.stream().flatMap(Optional::stream)).hasSize(1);
    assertThat(catalogue.versions(MINE, first.task()))
        .extracting(TaskVersion::number)
        .containsExactly(2, 1);
    assertThat(catalogue.find(MINE, "revised", OptionalInt.of(1)).orElseThrow().definition())
        .isEqualTo("{}");
  }

  @Test
  void pagesThroughTheTasksInTheOrderOfTheirNames() {
    for (String name : List.of("page-c", "page-a", "page-b")) {
      catalogue.create(MINE, name, "{}", "ada");
    }
    assertThat(catalogue.page(MINE, false, "", "page-", 2))
        .extracting(TaskVersion::name)
        .containsExactly("page-a", "page-b");
    assertThat(catalogue.page(MINE, false, "page-b", "page-", 2))
        .extracting(TaskVersion::name)
        .containsExactly("page-c");
    assertThat(catalogue.page(MINE, false, "", "%", 2)).isEmpty();
  }

  private static <T> List<T> atOnce(int count, Callable<T> call) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<T>> results =
          threads.invokeAll(IntStream.range(0, count).mapToObj(i -> call).toList());
      return results.stream().map(Future::resultNow).toList();
    }
  }
}
