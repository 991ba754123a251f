package io.taskwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person reads when the service cannot be started. */
final class RefusalsIT {
  private final LocalInstance service = LocalInstance.fresh();

  @AfterEach
  void end() throws IOException {
    service.close();
  }

  @Test
  void namesTheOptionWhenThePortIsTaken() throws IOException {
    try (ServerSocket stranger =
        new ServerSocket(service.port(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThat(stranger.isBound()).isTrue();

      Cli.Result up = service.run("up", "--detach");

      assertThat(up.code()).isEqualTo(1);
      assertThat(up.err())
          .contains("Port %d on 127.0.0.1 is taken".formatted(service.port()))
          .contains("--port");
    }
  }

  @Test
  void refusesAFileAsDataFolder() throws IOException {
    Path file = Files.createFile(service.data().resolve("file"));

    Cli.Result up = Cli.run("up", "--detach", "--data", file.toString());

    assertThat(up.code()).isEqualTo(1);
    assertThat(up.err()).contains(file + " is a file, not a folder. Choose another --data.");
  }

  @Test
  void leavesAFolderOfSomethingElseAsItIs() throws IOException {
    Files.createFile(service.data().resolve("letter.txt"));
    Set<PosixFilePermission> before = PosixFilePermissions.fromString("rwxr-xr-x");
    Files.setPosixFilePermissions(service.data(), before);

    Cli.Result up = service.run("up", "--detach");

    assertThat(up.code()).isEqualTo(1);
    assertThat(up.err()).contains("is no data folder of Taskwright: it holds letter.txt");
    assertThat(Files.getPosixFilePermissions(service.data())).isEqualTo(before);
  }

  @Test
  void refusesTheDataOfANewerPostgres() throws IOException {
    Files.createDirectories(service.data().resolve("postgres"));
    Files.writeString(service.data().resolve("postgres/PG_VERSION"), "99\n");

    Cli.Result up = service.run("up", "--detach");

    assertThat(up.code()).isEqualTo(1);
    assertThat(up.err()).contains("was written by PostgreSQL 99");
  }

  @Test
  void showsTheLogOfAPartThatFailsAgainAndAgain() throws IOException {
    Files.createFile(Files.createDirectories(service.data().resolve("run")).resolve(StandIn.FAILS));

    Cli.Result up = service.run("up", "--detach");

    assertThat(up.code()).isEqualTo(1);
    assertThat(up.err())
        .contains("server failed at every start: ended with exit code 9")
        .contains("The stand-in was told to fail.");
    assertThat(service.processes()).isEmpty();
  }

  @Test
  void refusesAnUnknownOptionAndNamesTheOneThatMayBeMeant() {
    Cli.Result up = service.run("up", "--deatch");

    assertThat(up.code()).isEqualTo(2);
    assertThat(up.err()).contains("Unknown option: '--deatch'").contains("--detach");
  }

  @Test
  void refusesAPortThatIsNone() {
    Cli.Result up = Cli.run("up", "--port", "70000", "--data", service.data().toString());

    assertThat(up.code()).isEqualTo(2);
    assertThat(up.err()).contains("'70000' is no port: say one from 1 to 65535");
  }
}
