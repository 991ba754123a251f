package io.taskwright.app.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheIT {
  @TempDir private Path folder;

  @Test
  void fillsAFolderOnce() {
    Cache cache = new Cache(folder.resolve("cache"));

    Path first = cache.get("tool-1", unfinished -> Files.writeString(unfinished.resolve("f"), "1"));
    Path again = cache.get("tool-1", unfinished -> Files.writeString(unfinished.resolve("f"), "2"));

    assertThat(again).isEqualTo(first);
    assertThat(first.resolve("f")).hasContent("1");
    assertThat(cache.find("tool-1")).contains(first);
    assertThat(cache.find("tool-2")).isEmpty();
  }

  @Test
  void showsNothingOfWhatWasNotFinished() {
    Cache cache = new Cache(folder.resolve("cache"));

    assertThatThrownBy(() ->
            cache.get(
                "tool-1",
                unfinished -> {
                  Files.writeString(unfinished.resolve("half"), "");
                  throw new IOException("disk full");
                }))
        .isInstanceOf(Obstacle.class)
        .hasMessageContaining("disk full");

    assertThat(cache.find("tool-1")).isEmpty();
    Path whole = cache.get("tool-1", unfinished -> {});
    assertThat(whole).isEmptyDirectory();
  }
}
