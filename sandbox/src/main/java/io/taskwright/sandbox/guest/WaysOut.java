package io.taskwright.sandbox.guest;

import io.taskwright.model.definition.Destination;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.egress.EgressPolicy;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.egress.Resolver;
import io.taskwright.sandbox.egress.WayOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The ways out of a back end's environments, below a folder that only the service can enter. */
public final class WaysOut {
  private final Path folder;
  private final EgressTerms terms;
  private final Resolver resolver = Resolver.ofHost();
  private final AtomicLong count = new AtomicLong();

  private WaysOut(Path folder, EgressTerms terms) {
    this.folder = folder;
    this.terms = terms;
  }

  /** Makes an environment. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Makes it.
     *
     * @param wayOut a folder of the host that it sees at {@link WayOut#INSIDE}, read-only
     */
    Environment open(Optional<Path> wayOut) throws EnvironmentException;
  }

  /**
   * Lays out the folder, and removes from it what an earlier life of the service left.
   *
   * @param below the back end's own folder, locked
   */
  public static WaysOut open(Path below, EgressTerms terms) throws EnvironmentException {
    Path folder = below.toAbsolutePath().resolve("egress");
    try {
      Leftovers.remove(folder);
      Files.createDirectory(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      return new WaysOut(folder, terms);
    } catch (IOException e) {
      throw new EnvironmentException("the folder " + folder + " cannot be laid out", e);
    }
  }

  /**
   * An environment from which the destinations are reached, and nothing else.
   *
   * @param sink takes a line for each connection, beside what the run itself says
   */
  Environment open(List<Destination> destinations, RunSink sink, Opener opener)
      throws EnvironmentException {
    if (destinations.isEmpty()) {
      return opener.open(Optional.empty());
    }
    WayOut wayOut = wayOut(destinations, sink);
    try {
      return new OutgoingEnvironment(opener.open(Optional.of(wayOut.folder())), wayOut);
    } catch (EnvironmentException | RuntimeException e) {
      wayOut.close();
      throw e;
    }
  }

  private WayOut wayOut(List<Destination> destinations, RunSink sink) throws EnvironmentException {
    try {
      return WayOut.open(
          folder.resolve(Long.toString(count.incrementAndGet())),
          new EgressPolicy(Set.copyOf(destinations), terms, sink::awaitCounting),
          resolver,
          line -> sink.log(RunSink.Source.SYSTEM, line));
    } catch (IOException e) {
      throw new EnvironmentException("no way out of the environment could be made", e);
    }
  }
}
