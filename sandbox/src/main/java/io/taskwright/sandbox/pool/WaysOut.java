package io.taskwright.sandbox.pool;

import io.taskwright.model.definition.Destination;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.egress.EgressPolicy;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.egress.Resolver;
import io.taskwright.sandbox.egress.WayOut;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The ways out of a back end's environments, in a folder of their own. */
public final class WaysOut {
  private final Path folder;
  private final EgressTerms terms;
  private final Resolver resolver = Resolver.ofHost();
  private final AtomicLong count = new AtomicLong();

  private WaysOut(Path folder, EgressTerms terms) {
    this.folder = folder;
    this.terms = terms;
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

  /** A way out for an environment that is to be opened. */
  WayOut make() throws EnvironmentException {
    try {
      return WayOut.make(folder.resolve(Long.toString(count.incrementAndGet())));
    } catch (IOException e) {
      throw noWayOut(e);
    }
  }

  /**
   * Lets it lead to the destinations, and nowhere else.
   *
   * @param sink takes a line for each connection, beside what the run itself says
   */
  void lead(WayOut wayOut, List<Destination> destinations, RunSink sink)
      throws EnvironmentException {
    try {
      wayOut.open(
          new EgressPolicy(Set.copyOf(destinations), terms, sink::awaitCounting),
          resolver,
          line -> sink.log(RunSink.Source.SYSTEM, line));
    } catch (IOException e) {
      throw noWayOut(e);
    }
  }

  private static EnvironmentException noWayOut(IOException e) {
    return new EnvironmentException("no way out of the environment could be made", e);
  }
}
