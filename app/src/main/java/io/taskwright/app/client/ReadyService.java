package io.taskwright.app.client;

import io.taskwright.app.command.TemporalOption;
import io.taskwright.app.data.DataFolder;
import io.taskwright.app.machine.JavaProgram;
import io.taskwright.app.machine.Progress;
import io.taskwright.app.service.LocalService;
import io.taskwright.app.service.Plan;
import io.taskwright.client.Endpoint;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The service that is meant. One on this machine is started if need be.
 *
 * @param port of its API, if it is started
 * @param program how this program is started again, as another process
 */
record ReadyService(ServiceSearch search, int port, JavaProgram program) {
  /** Where it is, once it is ready. */
  Endpoint endpoint(Progress progress) throws InterruptedException {
    Optional<Path> data = search.local();
    if (data.isEmpty()) {
      return search.endpoint();
    }
    Plan plan =
        new Plan(DataFolder.make(data.get()), port, false, new TemporalOption().address(), program);
    return search.endpoint(new LocalService(plan, progress).ready(true).instance());
  }
}
