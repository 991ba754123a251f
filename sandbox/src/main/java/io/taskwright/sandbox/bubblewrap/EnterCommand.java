package io.taskwright.sandbox.bubblewrap;

import io.taskwright.sandbox.Room;
import io.taskwright.sandbox.cgroup.Cgroup;
import io.taskwright.sandbox.egress.WayOut;
import io.taskwright.sandbox.guest.GuestRun;
import io.taskwright.sandbox.guest.Interpreters;
import io.taskwright.sandbox.guest.Layer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The command line that makes an environment: the warden outside, then bubblewrap, then the warden
 * inside.
 *
 * <p>As root, the warden makes the whole root folder where only this process tree sees it, owned by
 * root, and becomes an unprivileged user before bubblewrap starts. Otherwise bubblewrap makes it,
 * as the service's own user.
 */
final class EnterCommand {
  /** Descriptors that the warden outside opens for those after it: the filter, then the groups'. */
  private static final String FILTER = "3";

  private static final List<String> WATCHED = List.of("4", "5", "6", "7", "-", "8");

  private static final String STAGE = "/mnt";
  private static final String OPEN_FILES = "1024";

  private final Path warden;
  private final Path bwrap;
  private final Path filter;
  private final List<Mount> root;
  private final boolean privileged;
  private final UnaryOperator<List<String>> alteration;

  /**
   * @param filter the compiled seccomp profile
   * @param privileged whether this process is root
   * @param alteration what becomes of the words in the end
   */
  EnterCommand(
      Path warden,
      Path bwrap,
      Path filter,
      List<Mount> root,
      boolean privileged,
      UnaryOperator<List<String>> alteration) {
    this.warden = warden;
    this.bwrap = bwrap;
    this.filter = filter;
    this.root = root;
    this.privileged = privileged;
    this.alteration = alteration;
  }

  /**
   * The words for one environment.
   *
   * @param wayOut a folder of the host that is its way out
   * @param layer packages of the host that it sees
   */
  List<String> words(
      Cgroup cgroup, int user, Room room, Optional<Path> wayOut, Optional<Layer> layer) {
    List<Mount> root = new ArrayList<>(this.root);
    wayOut.ifPresent(folder -> root.add(new Mount.Host(WayOut.INSIDE.substring(1), folder)));
    layer.ifPresent(
        packages -> root.add(new Mount.Host(packages.inside().substring(1), packages.folder())));
    List<String> words = new ArrayList<>(List.of(warden.toString(), "enter"));
    cgroup.folders().forEach(folder -> words.addAll(List.of("--cgroup", folder.toString())));
    words.addAll(List.of("--oom", "200", "--nofile", OPEN_FILES));
    words.addAll(List.of("--open", filter.toString()));
    cgroup.watched().forEach(file -> words.addAll(List.of("--open", file.toString())));
    if (privileged) {
      words.addAll(List.of("--user", Integer.toString(user), "--stage", STAGE));
      root.forEach(mount -> words.addAll(staged(mount, room)));
    }
    words.addAll(List.of("--", bwrap.toString()));
    for (String namespace : List.of("user", "pid", "ipc", "net", "uts", "cgroup")) {
      words.add("--unshare-" + namespace);
    }
    String inside = Integer.toString(SyntheticEtc.USER);
    words.addAll(List.of("--as-pid-1", "--uid", inside, "--gid", inside));
    words.addAll(List.of("--hostname", "sandbox", "--cap-drop", "ALL", "--seccomp", FILTER));
    if (privileged) {
      words.addAll(List.of("--dev-bind", STAGE, "/"));
    } else {
      root.forEach(mount -> words.addAll(bubblewrapped(mount, room)));
      words.addAll(List.of("--remount-ro", "/"));
    }
    words.addAll(List.of("--proc", "/proc", "--chdir", "/", "--"));
    words.addAll(List.of(Interpreters.TOOLS + "/warden", "init"));
    words.addAll(WATCHED);
    return alteration.apply(words);
  }

  private static List<String> staged(Mount mount, Room room) {
    return switch (mount) {
      case Mount.Folder(String inside) -> List.of("--dir", inside);
      case Mount.Link(String inside, String target) -> List.of("--link", target, inside);
      case Mount.Host(String inside, Path source) -> List.of("--bind", source.toString(), inside);
      case Mount.Device(String inside, int minor) ->
          List.of("--device", Integer.toString(minor), inside);
      case Mount.Task(String inside) ->
          List.of(
              "--tmpfs",
              inside,
              Long.toString(room.disk().bytes()),
              Long.toString((long) room.files() + GuestRun.OWN_FILES));
    };
  }

  private static List<String> bubblewrapped(Mount mount, Room room) {
    return switch (mount) {
      case Mount.Folder(String inside) -> List.of("--dir", "/" + inside);
      case Mount.Link(String inside, String target) -> List.of("--symlink", target, "/" + inside);
      case Mount.Host(String inside, Path source) ->
          List.of("--ro-bind", source.toString(), "/" + inside);
      case Mount.Device(String inside, int minor) ->
          List.of("--dev-bind", "/" + inside, "/" + inside);
      case Mount.Task(String inside) ->
          List.of("--size", Long.toString(room.disk().bytes()), "--tmpfs", "/" + inside);
    };
  }
}
