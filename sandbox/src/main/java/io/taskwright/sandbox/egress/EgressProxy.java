package io.taskwright.sandbox.egress;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One run's way out: an HTTP proxy on a socket in the file system, the only thing of a network that
 * its environment sees. It resolves names itself, and connects to the very address that it has
 * checked, so that a name cannot mean something else a moment later.
 */
public final class EgressProxy implements AutoCloseable {
  /** Of a socket, with some bytes to spare. */
  private static final int LONGEST_PATH = 100;

  private static final int BACKLOG = EgressTerms.MOST_CONNECTIONS;
  private static final long PATIENCE_MILLIS = 2_000;

  /** How long a connection waits for its turn: the one before may only just have ended. */
  private static final long TURN_MILLIS = 2_000;

  private final Path socket;
  private final EgressPolicy policy;
  private final Resolver resolver;
  private final EgressLog log;
  private final ServerSocketChannel server;
  private final Allowance allowance;
  private final Semaphore free;
  private final Semaphore accepted;
  private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private EgressProxy(
      Path socket,
      EgressPolicy policy,
      Resolver resolver,
      EgressLog log,
      ServerSocketChannel server) {
    this.socket = socket;
    this.policy = policy;
    this.resolver = resolver;
    this.log = log;
    this.server = server;
    this.allowance = new Allowance(policy.terms());
    this.free = new Semaphore(policy.terms().connections());
    this.accepted = new Semaphore(policy.terms().connections() + BACKLOG);
  }

  /**
   * Opens it.
   *
   * @param socket a path that does not exist yet
   * @throws IOException if the socket cannot be made
   */
  public static EgressProxy open(Path socket, EgressPolicy policy, Resolver resolver, EgressLog log)
      throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      bind(server, socket);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    EgressProxy proxy = new EgressProxy(socket, policy, resolver, log, server);
    Thread.ofPlatform().daemon().name("egress-" + socket.getFileName()).start(proxy::accept);
    return proxy;
  }

  /** The kernel takes about a hundred bytes of a path; a link makes a longer one short. */
  private static void bind(ServerSocketChannel server, Path socket) throws IOException {
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH) {
      server.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
      return;
    }
    Path scratch = Files.createTempDirectory("tw");
    Path link = scratch.resolve("e");
    try {
      Files.createSymbolicLink(link, Objects.requireNonNull(socket.toAbsolutePath().getParent()));
      server.bind(UnixDomainSocketAddress.of(link.resolve(socket.getFileName())), BACKLOG);
    } finally {
      Files.deleteIfExists(link);
      Files.delete(scratch);
    }
  }

  private void accept() {
    try {
      while (true) {
        accepted.acquire();
        SocketChannel client = server.accept();
        Passage passage = new Passage(client, policy, resolver, log, allowance);
        passages.add(passage);
        serveLater(passage);
      }
    } catch (ClosedChannelException | InterruptedException e) {
      // The run is over.
    } catch (IOException e) {
      log.denied("", "the proxy broke: " + e.getMessage());
    }
  }

  private void serveLater(Passage passage) {
    try {
      threads.execute(() -> serve(passage));
    } catch (RejectedExecutionException e) {
      passage.close(); // The run ended this very moment.
    }
  }

  private void serve(Passage passage) {
    try (passage) {
      if (free.tryAcquire(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          passage.serve();
        } finally {
          free.release();
        }
      } else {
        passage.refuseBusy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      passages.remove(passage);
      accepted.release();
    }
  }

  /** Ends every connection, and waits until that is told. */
  @Override
  public void close() {
    try {
      server.close();
      passages.forEach(Passage::close);
      threads.shutdownNow();
      awaitEnd();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      throw new IllegalStateException("the proxy's socket " + socket + " does not go away", e);
    }
  }

  private void awaitEnd() {
    try {
      boolean _ = threads.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
