package io.taskwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.data.Passwords;
import io.taskwright.app.service.Instance;
import io.taskwright.app.supervisor.PartState;
import io.taskwright.app.supervisor.PartStatus;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What can be seen of a service that runs. */
final class RunningServiceIT {
  private static final LocalInstance service = LocalInstance.fresh();

  @BeforeAll
  static void start() {
    service.up();
  }

  @AfterAll
  static void end() throws IOException {
    service.close();
  }

  @Test
  void saysWhereThingsAreAndThatAllIsReady() throws IOException {
    Cli.Result status = service.run("status", "-o", "json");

    assertThat(status.code()).isZero();
    assertThat(status.out())
        .contains("\"url\" : \"http://127.0.0.1:" + service.port() + "\"")
        .contains("\"apiKeyFile\" : \"" + service.data().resolve("keys/admin.key") + "\"");
    Instance instance = service.instance();
    assertThat(instance.parts())
        .extracting(PartStatus::name)
        .containsExactly("postgres", "temporal", "temporal-ui", "server");
    assertThat(instance.parts()).extracting(PartStatus::state).containsOnly(PartState.READY);
    HttpURLConnection ui =
        (HttpURLConnection)
            Objects.requireNonNull(instance.addresses().temporalUi())
                .resolve("/namespaces/taskwright/workflows")
                .toURL()
                .openConnection();
    assertThat(ui.getResponseCode()).isEqualTo(200);
  }

  @Test
  void showsTheDataFolderInEachCommandLineAndPasswordsInNone() throws IOException {
    for (PartStatus part : service.instance().parts()) {
      assertThat(commandLine(service.pid(part.name()))).contains(service.data().toString());
    }
    assertThat(commandLine(service.instance().supervisor().pid()))
        .contains("--data\0" + service.data());
    Passwords passwords = Passwords.of(new DataFolder(service.data()));
    for (String role : new String[] {"postgres", "taskwright", "temporal"}) {
      String password = passwords.of(role);
      for (var process : service.processes()) {
        assertThat(String.join(" ", process.arguments())).doesNotContain(password);
        Path environment = Path.of("/proc", Long.toString(process.id().pid()), "environ");
        assertThat(Files.readString(environment)).doesNotContain(password);
      }
    }
  }

  @Test
  void letsOnlyTheOwnerReadWhatItWrites() throws IOException {
    assertThat(Files.getPosixFilePermissions(service.data()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    for (String file :
        List.of(
            "keys/postgres.password",
            "keys/taskwright.password",
            "keys/temporal.password",
            "run/server.properties",
            "temporal/server.yaml",
            "temporal/pgpass")) {
      assertThat(Files.getPosixFilePermissions(service.data().resolve(file)))
          .as(file)
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void saysThatItRunsAlready() {
    Cli.Result again = service.run("up", "--detach");

    assertThat(again.code()).isZero();
    assertThat(again.out()).startsWith("The service already runs on " + service.data());
  }

  private static String commandLine(long pid) throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
  }
}
