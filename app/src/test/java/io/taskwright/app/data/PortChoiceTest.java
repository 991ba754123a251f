package io.taskwright.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.app.machine.Obstacle;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

final class PortChoiceTest {
  private static final int START = 25_000;

  private final Set<Integer> taken = new HashSet<>();
  private final IntPredicate take = taken::add;

  @Test
  void takesWhatPeopleExpectWhereNothingIsKnown() {
    Map<PortName, Integer> ports = new PortChoice(take, START).choose(Map.of());

    assertThat(ports)
        .containsEntry(PortName.TEMPORAL, 7233)
        .containsEntry(PortName.TEMPORAL_UI, 8233)
        .containsEntry(PortName.POSTGRES, START);
    assertThat(ports.values()).doesNotHaveDuplicates();
  }

  @Test
  void staysWithThePortsItHad() {
    Map<PortName, Integer> before =
        new PortChoice(new HashSet<Integer>()::add, START).choose(Map.of());

    assertThat(new PortChoice(take, 30_000).choose(before)).isEqualTo(before);
  }

  @Test
  void leavesAPortThatSomebodyElseHasByNow() {
    Map<PortName, Integer> before = new EnumMap<>(Map.of(PortName.POSTGRES, 21_000));
    taken.add(21_000);
    taken.add(7233);

    Map<PortName, Integer> ports = new PortChoice(take, START).choose(before);

    assertThat(ports)
        .containsEntry(PortName.POSTGRES, START)
        .containsEntry(PortName.TEMPORAL, START + 1);
  }

  @Test
  void goesOnAtTheBeginningWhenTheEndIsReached() {
    Map<PortName, Integer> ports = new PortChoice(take, PortChoice.LAST).choose(Map.of());

    assertThat(ports)
        .containsEntry(PortName.POSTGRES, PortChoice.LAST)
        .containsEntry(PortName.TEMPORAL_MEMBERSHIP, PortChoice.FIRST);
  }

  @Test
  void saysSoWhenNoneIsFree() {
    assertThatThrownBy(() -> new PortChoice(port -> false, START).choose(Map.of()))
        .isInstanceOf(Obstacle.class)
        .hasMessageContaining("No port from 20000 to 31999 is free");
  }
}
