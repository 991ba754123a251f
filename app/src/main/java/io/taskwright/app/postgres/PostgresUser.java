package io.taskwright.app.postgres;

import io.taskwright.app.machine.Machine;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.machine.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** As whom PostgreSQL runs. It refuses to be root; see docs/adr/0002. */
public enum PostgresUser {
  /** The user of this process, who is not root. */
  SELF,
  /**
   * Root in a user namespace of its own without a mapping. Inside, the process is nobody and has no
   * capabilities; its files are root's, so a folder below /root will do.
   */
  NAMESPACE,
  /**
   * Nobody, where no namespace may be made, as in most containers. It keeps the right to pass
   * folders that only root may enter.
   */
  NOBODY;

  private static final int NOBODY_NUMBER = 65_534;

  /** Who it has to be on this machine. */
  static PostgresUser choose() {
    if (!Machine.root()) {
      return SELF;
    }
    return Machine.userNamespaces() ? NAMESPACE : NOBODY;
  }

  /** The number of the user that must own its files. */
  int owner() {
    return switch (this) {
      case SELF -> Machine.user();
      case NAMESPACE -> 0;
      case NOBODY -> NOBODY_NUMBER;
    };
  }

  /** The command that becomes this user and then runs the program. */
  List<String> command(List<String> program) {
    List<String> prefix =
        switch (this) {
          case SELF -> List.of();
          case NAMESPACE -> List.of("unshare", "--user", "--");
          case NOBODY ->
              List.of(
                  "setpriv",
                  "--reuid=" + NOBODY_NUMBER,
                  "--regid=" + NOBODY_NUMBER,
                  "--clear-groups",
                  // Else access(2) would not heed the right that is kept.
                  "--securebits=+no_setuid_fixup",
                  "--inh-caps=+dac_override",
                  "--ambient-caps=+dac_override",
                  "--");
        };
    return Stream.concat(prefix.stream(), program.stream()).toList();
  }

  /** Gives it a folder with all that is inside, when it belongs to another one. */
  void own(Path folder) throws IOException {
    if (!Files.getAttribute(folder, "unix:uid").equals(owner())) {
      Tool.Result chown =
          Tool.of("chown", "-R", owner() + ":" + owner(), folder.toString())
              .run(Duration.ofMinutes(10));
      if (!chown.succeeded()) {
        throw new Obstacle(
            "PostgreSQL's folder %s belongs to another user and cannot be taken over: %s"
                .formatted(folder, chown.tail(3)));
      }
    }
  }
}
