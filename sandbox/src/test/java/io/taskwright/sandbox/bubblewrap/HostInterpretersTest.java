package io.taskwright.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.guest.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostInterpretersTest {
  @TempDir Path root;

  @Test
  void findsWhatIsInTheSystemsPlaces() throws IOException {
    program("usr/bin/python3");
    program("usr/bin/nodejs");
    HostInterpreters found = HostInterpreters.find(root, List.of());
    assertThat(found.programs())
        .containsOnlyKeys(TaskRuntime.PYTHON, TaskRuntime.NODE)
        .containsEntry(TaskRuntime.NODE, "/usr/bin/nodejs");
    assertThat(found.jdk()).isEmpty();
    assertThat(found.jdkVersion()).isEmpty();
  }

  @Test
  void takesTheNewestJdkThatHasACompiler() throws IOException {
    Path old = jdk("old", "11.0.2", "java.base jdk.compiler");
    Path good = jdk("good", "21.0.1", "java.base jdk.compiler");
    Path bare = jdk("bare", "25", "java.base");
    Path odd = jdk("odd", "no version", "jdk.compiler");
    HostInterpreters found =
        HostInterpreters.find(root, List.of(old, bare, good, odd, root.resolve("missing")));
    assertThat(found.jdk()).contains(good);
    assertThat(found.jdkVersion()).startsWith("21.0.1 Demo");
    assertThat(found.programs()).containsEntry(TaskRuntime.JAVA, "/opt/jdk/bin/java");
    assertThat(HostInterpreters.find(root, List.of(old)).programs()).isEmpty();
  }

  @Test
  void findsThoseOfThisHost() {
    assertThat(HostInterpreters.find().programs()).containsKeys(TaskRuntime.BASH, TaskRuntime.JAVA);
  }

  @Test
  void copiesOfTheHostsConfigurationOnlyWhatLoadersNeed() throws IOException {
    Path host = Files.createDirectories(root.resolve("etc"));
    Files.writeString(host.resolve("shadow"), "secret");
    Files.writeString(host.resolve("ld.so.cache"), "cache");
    Files.createDirectories(host.resolve("alternatives"));
    Files.createSymbolicLink(host.resolve("alternatives/awk"), Path.of("/usr/bin/mawk"));
    Path java = Files.createDirectories(host.resolve("java-17-openjdk/security"));
    Files.writeString(java.resolve("java.security"), "x");
    Path hidden = Files.writeString(java.resolve("hidden"), "secret");
    Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-------"));
    Path etc = root.resolve("synthetic");
    SyntheticEtc.lay(etc, host);
    SyntheticEtc.lay(etc, host);
    assertThat(etc.resolve("passwd")).content().contains("task:x:10001:10001");
    assertThat(etc.resolve("alternatives/awk")).isSymbolicLink();
    assertThat(etc.resolve("java-17-openjdk/security/java.security")).exists();
    assertThat(etc.resolve("java-17-openjdk/security/hidden")).doesNotExist();
    assertThat(etc.resolve("shadow")).doesNotExist();
  }

  @Test
  void givesEachEnvironmentAUserOfItsOwn() throws EnvironmentException {
    HostUsers users = new HostUsers("one");
    int first = users.take();
    int second = users.take();
    assertThat(first).isBetween(0x70000000, 0x7FFFFFFF).isNotEqualTo(second);
    assertThat(new HostUsers("two").take()).isNotEqualTo(first);
    users.giveBack(first);
    assertThat(users.take()).isEqualTo(first);
    for (int i = 2; i < 1024; i++) {
      users.take();
    }
    assertThatThrownBy(users::take)
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("1024");
  }

  private void program(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path jdk(String name, String version, String modules) throws IOException {
    program(name + "/bin/java");
    Path home = root.resolve(name);
    Files.writeString(
        home.resolve("release"),
        "JAVA_VERSION=\""
            + version
            + "\"\nIMPLEMENTOR_VERSION=\"Demo\"\nMODULES=\""
            + modules
            + "\"\n");
    return home.toRealPath();
  }
}
