package io.taskwright.sandbox.wasi;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import run.endive.runtime.HostFunction;

/**
 * All that a module may call. There are no files but those of the tree, no sockets and no other
 * programs behind it.
 */
public final class Wasi {
  /** The name of the module whose functions these are. */
  public static final String MODULE = Calls.MODULE;

  private Wasi() {}

  /**
   * The calls of one program.
   *
   * @param name its first argument
   */
  public static List<HostFunction> calls(
      FileTree tree,
      String name,
      Map<String, String> variables,
      byte[] stdin,
      Consumer<byte[]> stdout,
      Consumer<byte[]> stderr) {
    Descriptors open =
        new Descriptors(
            new Node.Source(stdin), new Node.Drain(stdout), new Node.Drain(stderr), tree.root());
    Calls calls = new Calls();
    new ProcessCalls(name, variables).addTo(calls);
    new FileCalls(open).addTo(calls);
    new PathCalls(tree, open).addTo(calls);
    WaitCalls.addTo(calls);
    return calls.all();
  }
}
