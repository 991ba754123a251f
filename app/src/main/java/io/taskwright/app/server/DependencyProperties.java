package io.taskwright.app.server;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.layer.LayerBounds;
import io.taskwright.sandbox.layer.PackageIndex;
import io.taskwright.sandbox.layer.PackageSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The packages that definitions ask for, {@code taskwright.executor.dependencies.*}.
 *
 * @param enabled whether this executor gets any
 * @param pip where those of Python come from
 * @param npm where those of Node.js come from
 * @param maven where those of Java come from
 * @param largest all packages of one task, such as {@code 512Mi}
 * @param files how many files they may be, 1 to 1000000
 * @param kept all that is kept for later, such as {@code 5Gi}
 */
public record DependencyProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue Pip pip,
    @DefaultValue Npm npm,
    @DefaultValue Maven maven,
    @DefaultValue("512Mi") String largest,
    @DefaultValue("50000") int files,
    @DefaultValue("5Gi") String kept) {
  private static final String NAME = "taskwright.executor.dependencies.";

  public DependencyProperties {
    ServiceProperties.within(NAME + "files", files, 1_000_000);
    size("largest", largest);
    size("kept", kept);
  }

  /**
   * An index of Python packages.
   *
   * @param index its address, as pip takes it
   * @param hosts {@code host:port} of other hosts that it sends pip to
   */
  public record Pip(
      @DefaultValue("https://pypi.org/simple") String index, @DefaultValue List<String> hosts) {
    public Pip {
      PackageIndex _ = DependencyProperties.index("pip", index, hosts);
    }
  }

  /**
   * A registry of npm packages.
   *
   * @param index its address
   * @param hosts {@code host:port} of other hosts that it sends npm to
   */
  public record Npm(
      @DefaultValue("https://registry.npmjs.org") String index, @DefaultValue List<String> hosts) {
    public Npm {
      PackageIndex _ = DependencyProperties.index("npm", index, hosts);
    }
  }

  /**
   * A Maven repository.
   *
   * @param index its address
   * @param hosts {@code host:port} of other hosts that it sends clients to
   */
  public record Maven(
      @DefaultValue("https://repo1.maven.org/maven2") String index,
      @DefaultValue List<String> hosts) {
    public Maven {
      PackageIndex _ = DependencyProperties.index("maven", index, hosts);
    }
  }

  PackageSettings settings() {
    return new PackageSettings(
        enabled,
        Map.of(
            TaskRuntime.PYTHON, index("pip", pip.index, pip.hosts),
            TaskRuntime.NODE, index("npm", npm.index, npm.hosts),
            TaskRuntime.JAVA, index("maven", maven.index, maven.hosts)),
        new LayerBounds(size("largest", largest), files),
        size("kept", kept));
  }

  private static PackageIndex index(String name, String index, List<String> hosts) {
    List<Destination> others = hosts.stream().map(host -> destination(name, host)).toList();
    try {
      return new PackageIndex(URI.create(index), others);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          NAME
              + name
              + ".index must be an http or https URL without user and query, but is "
              + index.replaceFirst("//[^/]*@", "//…@"));
    }
  }

  private static Destination destination(String name, String text) {
    return Destination.parse(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                NAME + name + ".hosts must be host:port, but has " + text));
  }

  private static ByteSize size(String name, String text) {
    return ByteSize.parse(text)
        .filter(size -> size.bytes() > 0)
        .orElseThrow(
            () -> new IllegalArgumentException(NAME + name + " must be a size, but is " + text));
  }
}
