package io.taskwright.sandbox.egress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run's way out: a folder to be brought into its environment, with the socket of its proxy in
 * it from the time on when the run is known.
 *
 * <p>Whoever can reach the socket may use it. So the folder lies in one that nobody but the service
 * can enter, and it is seen in the one environment that it is brought into.
 */
public final class WayOut implements AutoCloseable {
  /** Where the folder is inside. */
  public static final String INSIDE = "/egress";

  private static final String SOCKET = "proxy";

  private final Path folder;
  private @Nullable EgressProxy proxy;
  private @Nullable EgressRecord record;

  private WayOut(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes it; it leads nowhere yet.
   *
   * @param folder does not exist yet
   */
  public static WayOut make(Path folder) throws IOException {
    Files.createDirectory(folder);
    WayOut made = new WayOut(folder);
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      return made;
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  /**
   * Opens it, once. It is closed all the same when that fails.
   *
   * @param lines takes a line of log for each connection; is called from several threads
   * @throws IOException if the socket cannot be made
   */
  public synchronized void open(EgressPolicy policy, Resolver resolver, Consumer<String> lines)
      throws IOException {
    Path socket = folder.resolve(SOCKET);
    record = new EgressRecord(lines);
    proxy = EgressProxy.open(socket, policy, resolver, record);
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  /** On the host. */
  public Path folder() {
    return folder;
  }

  /** The first connections that were refused, at most twenty. */
  public synchronized List<Denied> denied() {
    return record == null ? List.of() : record.refusals();
  }

  /** Ends every connection and removes the folder; afterwards no line of log comes. */
  @Override
  public synchronized void close() {
    if (proxy != null) {
      proxy.close();
    }
    if (record != null) {
      record.close();
    }
    try {
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of a way out does not go away", e);
    }
  }
}
