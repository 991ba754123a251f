package io.taskwright.sandbox.layer;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.TaskRuntime;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What an operator says about packages.
 *
 * @param enabled whether tasks may have any
 * @param indexes where those of each runtime come from
 * @param bounds of one task's packages
 * @param kept bytes of all layers together; those in use are not removed for it
 */
public record PackageSettings(
    boolean enabled, Map<TaskRuntime, PackageIndex> indexes, LayerBounds bounds, ByteSize kept) {
  /** What holds unless the operator says otherwise. */
  public static final PackageSettings DEFAULT =
      new PackageSettings(
          true,
          Map.of(
              TaskRuntime.PYTHON, index("https://pypi.org/simple"),
              TaskRuntime.NODE, index("https://registry.npmjs.org"),
              TaskRuntime.JAVA, index("https://repo1.maven.org/maven2")),
          new LayerBounds(ByteSize.ofMebibytes(512), 50_000),
          ByteSize.ofMebibytes(5120));

  public PackageSettings {
    indexes = Map.copyOf(indexes);
  }

  private static PackageIndex index(String address) {
    return new PackageIndex(URI.create(address), List.of());
  }
}
