package io.taskwright.store.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.Project;
import io.taskwright.store.StoreTestApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Bundles: seen by those who uploaded them, gone when they were let go of. */
@SpringBootTest(classes = StoreTestApplication.class)
class BundlesIT {
  private static final Project MINE = Project.DEFAULT;
  private static final Project OTHER = new Project("other-of-bundles");
  private static final byte[] BYTES = "zip".getBytes(StandardCharsets.UTF_8);

  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @TempDir Path folder = Path.of("");
  private Bundles bundles;

  @BeforeEach
  void open() {
    bundles = new Bundles(jdbc, transaction, folder);
    jdbc.sql("delete from bundle").update();
    jdbc.sql("insert into project (name) values (?) on conflict do nothing")
        .param(OTHER.name())
        .update();
  }

  private void letGo(Project project) {
    jdbc.sql("update bundle set removed_at = now() where project = ?")
        .param(project.name())
        .update();
  }

  private long stored() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void goWhenNoProjectHasThemAnyMore() throws IOException {
    String digest = bundles.put(MINE, BYTES, "ada");
    assertThat(bundles.put(OTHER, BYTES, "bob")).isEqualTo(digest);
    letGo(MINE);
    assertThat(bundles.has(MINE, digest)).isFalse();
    assertThat(bundles.get(MINE, digest)).isEmpty();
    bundles.sweep();
    assertThat(bundles.get(OTHER, digest)).contains(BYTES);
    letGo(OTHER);
    assertThat(stored()).isOne();
    bundles.sweep();
    assertThat(stored()).isZero();
    assertThat(jdbc.sql("select count(*) from bundle").query(Integer.class).single()).isZero();
  }

  @Test
  void areThereAgainWhenTheyAreUploadedAgain() {
    String digest = bundles.put(MINE, BYTES, "ada");
    letGo(MINE);
    bundles.put(MINE, BYTES, "ada");
    bundles.sweep();
    assertThat(bundles.get(MINE, digest)).contains(BYTES);
    letGo(MINE);
    bundles.sweep();
    assertThat(bundles.put(MINE, BYTES, "ada")).isEqualTo(digest);
    assertThat(bundles.get(MINE, digest)).contains(BYTES);
  }

  @Test
  void stayLongerWhenSomebodyIsAboutToNameThem() {
    String digest = bundles.put(MINE, BYTES, "ada");
    jdbc.sql("update bundle set touched_at = now() - interval '1 day'").update();
    assertThat(bundles.has(OTHER, digest)).isFalse();
    assertThat(bundles.has(MINE, digest)).isTrue();
    assertThat(
            jdbc.sql("select touched_at > now() - interval '1 hour' from bundle")
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void neverLoseTheBytesOfWhoJustUploadedThem() throws Exception {
    AtomicBoolean through = new AtomicBoolean();
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> sweeper =
          threads.submit(() -> {
            while (!through.get()) {
              letGo(OTHER);
              bundles.sweep();
            }
          });
      try {
        for (int i = 0; i < 100; i++) {
          bundles.put(OTHER, BYTES, "bob");
          String digest = bundles.put(MINE, BYTES, "ada");
          assertThat(bundles.get(MINE, digest)).contains(BYTES);
          letGo(MINE);
        }
      } finally {
        through.set(true);
      }
      sweeper.get();
    }
  }
}
