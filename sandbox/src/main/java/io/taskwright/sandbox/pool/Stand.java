package io.taskwright.sandbox.pool;

import io.taskwright.sandbox.egress.WayOut;
import io.taskwright.sandbox.guest.Environment;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.Traces;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * An environment with its name and its way out, which ends with it.
 *
 * @param wayOut leads nowhere until a program is there
 */
record Stand(String name, Environment environment, Optional<WayOut> wayOut) implements Environment {
  @Override
  public void take() throws EnvironmentException {
    environment.take();
  }

  @Override
  public OutputStream input() {
    return environment.input();
  }

  @Override
  public InputStream output() {
    return environment.output();
  }

  @Override
  public boolean alive() {
    return environment.alive();
  }

  @Override
  public void kill() {
    environment.kill();
  }

  @Override
  public Traces end() {
    Traces traces = environment.end();
    wayOut.ifPresent(WayOut::close);
    return wayOut.map(way -> traces.withDenied(way.denied())).orElse(traces);
  }
}
