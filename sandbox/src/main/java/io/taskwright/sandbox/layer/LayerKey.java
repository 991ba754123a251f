package io.taskwright.sandbox.layer;

import io.taskwright.sandbox.resource.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names layers by what they are made of: another lock is another layer. */
public final class LayerKey {
  private LayerKey() {}

  /**
   * The name of a layer.
   *
   * @param wanted what its author asked for: a package that deceives the package manager then has a
   *     layer of its own, and never that of somebody who does not use it
   * @param lock empty if it is not known yet
   */
  public static String of(String platform, List<String> wanted, String lock) {
    byte[] text =
        (platform + "\n" + String.join("\n", wanted) + "\n\n" + lock)
            .getBytes(StandardCharsets.UTF_8);
    return Resource.hash(List.of(text));
  }
}
