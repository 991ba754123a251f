package io.taskwright.sandbox.egress;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * One run's way out: an HTTP proxy on a socket in the file system, the only thing of a network that
 * its environment sees. It resolves names itself, and connects to the very address that it has
 * checked, so that a name cannot mean something else a moment later.
 */
public final class EgressProxy implements AutoCloseable {
  private final Path socket;
  private final EgressPolicy policy;
  private final Resolver resolver;
  private final EgressLog log;
  private final ServerSocketChannel server;
  private final Allowance allowance;
  private final Semaphore free;
  private final Set<Passage> passages = ConcurrentHashMap.newKeySet();

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
    this.allowance = new Allowance(policy);
    this.free = new Semaphore(policy.connections());
  }

  /**
   * Opens it.
   *
   * @param socket a path that does not exist yet, at most 100 bytes long
   * @throws IOException if the socket cannot be made
   */
  public static EgressProxy open(Path socket, EgressPolicy policy, Resolver resolver, EgressLog log)
      throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      server.close();
      throw e;
    }
    EgressProxy proxy = new EgressProxy(socket, policy, resolver, log, server);
    Thread.ofPlatform().daemon().name("egress-" + socket.getFileName()).start(proxy::accept);
    return proxy;
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        Passage passage = new Passage(client, policy, resolver, log, allowance);
        passages.add(passage);
        Thread.ofVirtual().start(() -> serve(passage));
      }
    } catch (ClosedChannelException e) {
      // The run is over.
    } catch (IOException e) {
      log.denied("", "the proxy broke: " + e.getMessage());
    }
  }

  private void serve(Passage passage) {
    try (passage) {
      if (free.tryAcquire()) {
        try {
          passage.serve();
        } finally {
          free.release();
        }
      } else {
        passage.refuseBusy();
      }
    } finally {
      passages.remove(passage);
    }
  }

  /** Ends every connection. */
  @Override
  public void close() {
    try {
      server.close();
      passages.forEach(Passage::close);
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      throw new IllegalStateException("the proxy's socket " + socket + " does not go away", e);
    }
  }
}
