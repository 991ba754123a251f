package io.taskwright.app.server;

import io.taskwright.model.ByteSize;
import io.taskwright.model.execution.Routing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of a server process, {@code taskwright.*}.
 *
 * @param data the folder for keys and bundles
 * @param roles what this process does
 */
@ConfigurationProperties("taskwright")
public record ServiceProperties(
    Path data,
    @DefaultValue({"API", "CORE", "EXECUTOR"}) Set<Role> roles,
    Temporal temporal,
    @DefaultValue Dispatch dispatch,
    @DefaultValue RoutingProperties routing,
    @DefaultValue Executor executor,
    @Nullable Api api,
    @DefaultValue Secrets secrets,
    @DefaultValue BlobProperties blobs,
    @DefaultValue ArtifactProperties artifacts,
    @DefaultValue RetentionProperties retention) {
  public ServiceProperties {
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("taskwright.roles must name at least one role");
    }
  }

  boolean has(Role role) {
    return roles.contains(role);
  }

  /**
   * Where Temporal is.
   *
   * @param address host:port of its frontend
   * @param uiUrl where people see its Web UI; empty if there is none
   */
  public record Temporal(
      String address,
      @DefaultValue("taskwright") String namespace,
      @DefaultValue("") String uiUrl) {}

  /**
   * How many executions are under way at once; the rest waits in order.
   *
   * @param inProcess whose code runs inside core workers, 1 to 1000
   * @param container whose code runs in sandboxes of one pool, however many slots its executors
   *     have, 1 to 100000
   * @param javascriptHeapMib what all code inside a core worker may take of its heap, in MiB
   */
  public record Dispatch(
      @DefaultValue("8") int inProcess,
      @DefaultValue("1000") int container,
      @DefaultValue("512") int javascriptHeapMib) {
    public Dispatch {
      within("taskwright.dispatch.in-process", inProcess, 1_000);
      within("taskwright.dispatch.container", container, 100_000);
    }
  }

  /**
   * The executor of this process.
   *
   * @param pool whose work it takes
   * @param slots how many attempts it makes at once, 1 to 1000
   * @param sandbox {@code auto}, {@code bubblewrap}, {@code docker} or {@code kubernetes}
   * @param egress what runs may do with the network that their definitions ask for
   * @param leastSlots how many of the slots are there even if the host is short of memory, 1 to
   *     1000
   * @param memoryReserve what of the host's memory further slots leave free, such as {@code 256Mi}
   * @param drain how long what runs may go on when a worker process is told to end
   * @param keyFile with the executor's key; by default {@code keys/executor.key} in the data folder
   * @param warm how many environments are made before they are needed
   * @param dependencies the packages that definitions ask for
   * @param kubernetes the cluster whose pods may run code
   */
  public record Executor(
      @DefaultValue("default") String pool,
      @DefaultValue("8") int slots,
      @DefaultValue("auto") String sandbox,
      @DefaultValue EgressProperties egress,
      @DefaultValue("2") int leastSlots,
      @DefaultValue("256Mi") String memoryReserve,
      @DefaultValue("PT5M") Duration drain,
      @Nullable Path keyFile,
      @DefaultValue WarmProperties warm,
      @DefaultValue DependencyProperties dependencies,
      @DefaultValue KubernetesProperties kubernetes) {
    public Executor {
      within("taskwright.executor.slots", slots, 1_000);
      within("taskwright.executor.least-slots", leastSlots, 1_000);
      if (ByteSize.parse(memoryReserve).isEmpty()) {
        throw new IllegalArgumentException(
            "taskwright.executor.memory-reserve must be a size such as 256Mi, but is "
                + memoryReserve);
      }
      if (drain.isNegative()) {
        throw new IllegalArgumentException(
            "taskwright.executor.drain must be a time such as PT5M, but is " + drain);
      }
      if (!Routing.isPool(pool)) {
        throw new IllegalArgumentException(
            "taskwright.executor.pool must be 1 to 63 lower-case letters, digits and inner"
                + " hyphens, and neither core nor functions, but is "
                + pool);
      }
      if (!Set.of("auto", "bubblewrap", "docker", "kubernetes").contains(sandbox)) {
        throw new IllegalArgumentException(
            "taskwright.executor.sandbox must be auto, bubblewrap, docker or kubernetes, but is "
                + sandbox);
      }
      if (sandbox.equals("kubernetes") && !kubernetes.enabled()) {
        throw new IllegalArgumentException(
            "taskwright.executor.kubernetes.enabled must be true where"
                + " taskwright.executor.sandbox is kubernetes, but is false");
      }
    }
  }

  /**
   * Where an executor finds the API.
   *
   * @param url its address
   */
  public record Api(String url) {}

  /**
   * How secrets are kept.
   *
   * @param keyFile the file with the master key; {@code keys/secrets.key} in the data folder if it
   *     is empty
   */
  public record Secrets(@DefaultValue("") String keyFile) {}

  static void within(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " must be from 1 to " + most + ", but is " + value);
    }
  }
}
