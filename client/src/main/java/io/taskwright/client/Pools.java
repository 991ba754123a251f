package io.taskwright.client;

import java.util.List;

/** The pools of executors. */
public final class Pools {
  private final Transport transport;

  Pools(Transport transport) {
    this.transport = transport;
  }

  /** All pools by name. */
  public List<Pool> list() {
    return Page.of(transport.send(Call.get("/pools")).json(), Pool::new).items();
  }
}
