package io.taskwright.app.doctor;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.machine.Cache;
import io.taskwright.app.machine.HostAndPort;
import io.taskwright.app.machine.Machine;
import io.taskwright.app.machine.SearchPath;
import io.taskwright.app.machine.Tool;
import io.taskwright.app.service.Versions;
import io.taskwright.app.temporal.TemporalMemory;
import io.taskwright.app.temporal.TemporalPins;
import io.taskwright.app.temporal.TemporalSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks at everything on this machine that Taskwright can use.
 *
 * @param data where a data folder is or will be
 * @param path where programs are looked for
 * @param cache of built programs
 * @param temporal the address of a Temporal that is given
 */
public record Examination(Path data, SearchPath path, Cache cache, Optional<HostAndPort> temporal) {
  private static final Path WHEELS = Path.of("/usr/share/python-wheels");
  private static final Path PIP = Path.of("/usr/lib/python3/dist-packages/pip");
  private static final List<Path> NPM =
      List.of(Path.of("/usr/lib/node_modules/npm"), Path.of("/usr/share/nodejs/npm"));
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** All findings, the most important first. */
  public List<Finding> findings() {
    return List.of(
        java(),
        postgres(),
        temporalServer(),
        disk(),
        engine(),
        bubblewrap(),
        ControlGroups.of(Path.of("/sys/fs/cgroup")).finding(),
        processControl(),
        go(),
        compiler(),
        packageManagers());
  }

  private static Finding java() {
    return Finding.ok(
        "JDK",
        System.getProperty("java.vm.version") + " in " + System.getProperty("java.home"),
        "runs the service");
  }

  private Finding postgres() {
    String version = Versions.read().postgres();
    String place =
        cache.find("postgres-" + version).map(Path::toString).orElse("to be unpacked by up");
    String user =
        !Machine.root()
            ? ""
            : Machine.userNamespaces() ? ", in a user namespace" : ", as the user nobody";
    return Finding.ok("PostgreSQL", version + ", " + place + user, "keeps all data");
  }

  private Finding temporalServer() {
    TemporalSearch.Found found =
        new TemporalSearch(path, cache, TemporalPins.read())
            .find(
                temporal,
                DataFolder.find(data).flatMap(folder -> TemporalMemory.of(folder).read()));
    String use = "runs the workflows";
    if (found.source() != null) {
      return Finding.ok("Temporal", found.source().description(), use);
    }
    String refusals = String.join(" ", found.refusals());
    return Finding.missing(
        "Temporal",
        refusals.isEmpty() ? "none" : refusals,
        use,
        String.join("; or ", found.choices()));
  }

  private Finding disk() {
    Path existing = data;
    while (!Files.exists(existing)) {
      existing = Objects.requireNonNullElse(existing.getParent(), Path.of("/"));
    }
    long free = DataFolder.freeBytes(existing);
    String found = (free >> 20) + " MB free for " + data;
    return free < DataFolder.LEAST_FREE_BYTES
        ? Finding.missing("disk", found, "keeps all data", "free some, or choose another --data")
        : Finding.ok("disk", found, "keeps all data");
  }

  private Finding engine() {
    Optional<Path> docker = path.find("docker");
    String use = "runs tasks in containers";
    if (docker.isEmpty()) {
      return Finding.limited(
          "Docker", "none", use, "install a Docker engine, if images are wanted");
    }
    Tool.Result version =
        Tool.of(docker.get().toString(), "version", "--format", "{{.Server.Version}}").run(LIMIT);
    return version.succeeded()
        ? Finding.ok("Docker", "engine " + version.output().strip(), use)
        : Finding.limited(
            "Docker", docker.get() + ", but no engine answers", use, "start the engine");
  }

  private Finding bubblewrap() {
    String use = "runs tasks in sandboxes without an engine";
    return path.find("bwrap")
        .map(bwrap -> Finding.ok("bubblewrap", said(bwrap, "--version"), use))
        .orElseGet(
            () -> Finding.limited("bubblewrap", "none", use, "install the package bubblewrap"));
  }

  private Finding processControl() {
    String use = "ends all parts with their supervisor, however it dies";
    List<String> missing =
        List.of("setpriv", "setsid", "unshare").stream()
            .filter(program -> path.find(program).isEmpty())
            .toList();
    return missing.isEmpty()
        ? Finding.ok("util-linux", "setpriv, setsid, unshare", use)
        : Finding.limited(
            "util-linux",
            "no " + String.join(", ", missing),
            use,
            "install the package util-linux");
  }

  private Finding go() {
    String use = "builds the pinned Temporal, once";
    return path.find("go")
        .map(go -> Finding.ok("Go", said(go, "version"), use))
        .orElseGet(
            () -> Finding.limited("Go", "none", use, "install it, if Temporal is to be built"));
  }

  private Finding compiler() {
    String use = "builds the sandbox's launcher from a checkout";
    return path.find("cc")
        .map(cc -> Finding.ok("C compiler", cc.toString(), use))
        .orElseGet(() ->
            Finding.limited("C compiler", "none", use, "install the packages gcc and libc6-dev"));
  }

  private static Finding packageManagers() {
    List<String> missing = new ArrayList<>();
    if (NPM.stream().noneMatch(Files::exists)) {
      missing.add("npm");
    }
    if (!Files.isDirectory(PIP) && !hasWheel()) {
      missing.add("pip");
    }
    String use = "installs the packages of tasks that run in bubblewrap";
    return missing.isEmpty()
        ? Finding.ok("package managers", "pip, npm", use)
        : Finding.limited(
            "package managers",
            "no " + String.join(", no ", missing) + " for the whole system",
            use,
            "install the package python3-pip-whl, and the npm that belongs to Node.js");
  }

  private static boolean hasWheel() {
    try (var wheels = Files.newDirectoryStream(WHEELS, "pip-*.whl")) {
      return wheels.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }

  private static String said(Path program, String argument) {
    return Tool.of(program.toString(), argument).run(LIMIT).output().strip();
  }
}
