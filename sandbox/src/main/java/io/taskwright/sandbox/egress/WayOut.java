package io.taskwright.sandbox.egress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;

/**
 * One run's way out: a folder to be brought into its environment, with the socket of its proxy in
 * it.
 *
 * <p>Whoever can reach the socket may use it. So the folder lies in one that nobody but the service
 * can enter, and it is seen in the one environment that it is brought into.
 */
public final class WayOut implements AutoCloseable {
  /** Where the folder is inside. */
  public static final String INSIDE = "/egress";

  private static final String SOCKET = "proxy";

  private final Path folder;
  private final EgressProxy proxy;
  private final EgressRecord record;

  private WayOut(Path folder, EgressProxy proxy, EgressRecord record) {
    this.folder = folder;
    this.proxy = proxy;
    this.record = record;
  }

  /**
   * Opens it.
   *
   * @param folder does not exist yet
   * @param lines takes a line of log for each connection; is called from several threads
   * @throws IOException if folder or socket cannot be made
   */
  public static WayOut open(
      Path folder, EgressPolicy policy, Resolver resolver, Consumer<String> lines)
      throws IOException {
    Files.createDirectory(folder);
    Path socket = folder.resolve(SOCKET);
    EgressRecord record = new EgressRecord(lines);
    EgressProxy proxy;
    try {
      proxy = EgressProxy.open(socket, policy, resolver, record);
    } catch (IOException e) {
      Files.delete(folder);
      throw e;
    }
    WayOut opened = new WayOut(folder, proxy, record);
    try {
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  /** On the host. */
  public Path folder() {
    return folder;
  }

  /** The first connections that were refused, at most twenty. */
  public List<Denied> denied() {
    return record.refusals();
  }

  /** Ends every connection and removes the folder; afterwards no line of log comes. */
  @Override
  public void close() {
    proxy.close();
    record.close();
    try {
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of a way out does not go away", e);
    }
  }
}
