package io.taskwright.sandbox.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.taskwright.sandbox.conformance.Instances;
import io.taskwright.sandbox.conformance.Weakening;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.pool.WarmSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever part of a container's isolation is taken away, the probe finds it. */
final class DockerRefusalIT {
  private static final Path FOLDER = Path.of("target/sandbox-it/docker-refusal").toAbsolutePath();
  private static final String END = "a program can be run to its end";
  private static final String FILTERED = "system calls are filtered";

  static List<Weakening<CreateContainerCmd>> parts() {
    return List.of(
        new Weakening<>("user", command -> command.withUser("0:0"), END),
        host("filter", host -> host.withSecurityOpts(List.of("seccomp=unconfined")), FILTERED),
        host(
            "no new privileges",
            host -> host.withSecurityOpts(List.of()),
            "no new privileges can be had"),
        host(
            "dropped capabilities",
            host -> host.withCapDrop(new Capability[0]),
            "there never will be capabilities"),
        host("privileges", host -> host.withPrivileged(true), "containers are not privileged"),
        host("process namespace", host -> host.withPidMode("host"), "processes are not the host's"),
        host("message namespace", host -> host.withIpcMode("host"), "messages are not the host's"),
        new Weakening<>(
            "host name",
            command -> {
              host(command).withUtSMode("host");
              return command.withHostName("");
            },
            "the name of the host is not the host's"),
        host(
            "mapped users",
            host -> host.withUsernsMode("host"),
            "users are the host's only if the engine wants it so"),
        new Weakening<>(
            "network",
            command -> {
              host(command).withNetworkMode("bridge");
              return command.withNetworkDisabled(false);
            },
            "there is no network interface"),
        host("read-only root", host -> host.withReadonlyRootfs(false), "the root is read-only"),
        host(
            "read-only folders",
            host ->
                host.withBinds(
                    host.getBinds()[0],
                    new Bind(FOLDER.toString(), new Volume("/mnt"), AccessMode.rw)),
            "nothing else is mounted writable"),
        host(
            "bytes",
            host -> host.withTmpFs(Map.of("/task", "rw,exec,nr_inodes=100,uid=10001,gid=10001")),
            "the task's folder is bounded in bytes"),
        host("memory", host -> host.withMemory(null).withMemorySwap(null), "memory is bounded"),
        host("processes", host -> host.withPidsLimit(null), "processes are bounded"),
        host("processor time", host -> host.withCpuQuota(null), "processor time is bounded"));
  }

  @BeforeAll
  static void needAnEngineWithTheImage() throws Exception {
    DockerHost.engine().close();
  }

  @ParameterizedTest
  @MethodSource("parts")
  void regressR04AndR11RefusesToRunWithout(Weakening<CreateContainerCmd> part)
      throws EnvironmentException {
    try (DockerSandbox sandbox =
        DockerSandbox.open(
            Instances.named("docker-refusal"),
            FOLDER,
            EgressTerms.DEFAULT,
            WarmSettings.NONE,
            part.alteration())) {
      part.assertFound(sandbox);
    }
  }

  private static Weakening<CreateContainerCmd> host(
      String name, Consumer<HostConfig> alteration, String check) {
    return new Weakening<>(
        name,
        command -> {
          alteration.accept(host(command));
          return command;
        },
        check);
  }

  private static HostConfig host(CreateContainerCmd command) {
    return Objects.requireNonNull(command.getHostConfig());
  }
}
