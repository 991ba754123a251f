package io.taskwright.sandbox.guest;

import io.taskwright.sandbox.egress.WayOut;
import java.io.InputStream;
import java.io.OutputStream;

/** An environment with a way out, which ends with it. */
final class OutgoingEnvironment implements Environment {
  private final Environment environment;
  private final WayOut wayOut;

  OutgoingEnvironment(Environment environment, WayOut wayOut) {
    this.environment = environment;
    this.wayOut = wayOut;
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
  public void kill() {
    environment.kill();
  }

  @Override
  public Traces end() {
    Traces traces = environment.end();
    wayOut.close();
    return traces.withDenied(wayOut.denied());
  }
}
