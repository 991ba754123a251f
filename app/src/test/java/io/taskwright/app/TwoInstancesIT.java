package io.taskwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.app.service.ServiceState;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TwoInstancesIT {
  private final LocalInstance one = LocalInstance.fresh();
  private final LocalInstance other = LocalInstance.fresh();

  @AfterEach
  void end() throws IOException {
    one.close();
    other.close();
  }

  @Test
  void startAtTheSameTimeAndRunSideBySide() {
    Process first = Cli.start(one.command("up", "--detach"));
    Process second = Cli.start(other.command("up", "--detach"));

    assertThat(Cli.end(first).code()).isZero();
    assertThat(Cli.end(second).code()).isZero();

    assertThat(one.instance().state()).isEqualTo(ServiceState.READY);
    assertThat(other.instance().state()).isEqualTo(ServiceState.READY);
    assertThat(one.instance().addresses().temporal())
        .isNotEqualTo(other.instance().addresses().temporal());
    one.run("down");
    assertThat(other.instance().state()).isEqualTo(ServiceState.READY);
  }

  @Test
  void twoStartsOfOneInstanceGiveOne() {
    Process first = Cli.start(one.command("up", "--detach"));
    Process second = Cli.start(one.command("up", "--detach"));

    assertThat(Cli.end(first).code()).isZero();
    assertThat(Cli.end(second).code()).isZero();

    assertThat(one.processes())
        .filteredOn(process -> process.arguments().contains("supervise"))
        .hasSize(1);
  }
}
