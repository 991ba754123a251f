package io.taskwright.sandbox.pool;

import io.taskwright.sandbox.Room;
import io.taskwright.sandbox.guest.Environment;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.Layer;
import java.nio.file.Path;
import java.util.Optional;

/** How a back end opens an environment. */
public interface Opener {
  /**
   * Opens it; the warden in it may still be starting.
   *
   * @param name as from the pool's names
   * @param wayOut a folder of the host, to be brought in at {@link
   *     io.taskwright.sandbox.egress.WayOut#INSIDE}, read-only
   * @param layer packages of the host that it sees
   */
  Environment open(String name, Room room, Optional<Path> wayOut, Optional<Layer> layer)
      throws EnvironmentException;
}
