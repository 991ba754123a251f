package io.taskwright.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.worker.tuning.ActivitySlotInfo;
import io.temporal.worker.tuning.SlotPermit;
import io.temporal.worker.tuning.SlotReleaseContext;
import io.temporal.worker.tuning.SlotReleaseReason;
import io.temporal.worker.tuning.SlotReserveContext;
import io.temporal.worker.tuning.SlotSupplierFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostSlotsTest {
  private final AtomicInteger room = new AtomicInteger();
  private final List<HostSlots> opened = new ArrayList<>();

  private HostSlots slots(int least, int most) {
    HostSlots slots = new HostSlots(least, most, room::get);
    opened.add(slots);
    return slots;
  }

  @AfterEach
  void close() {
    opened.forEach(HostSlots::close);
  }

  private static final SlotReserveContext<ActivitySlotInfo> ASKS =
      new SlotReserveContext<>() {
        @Override
        public String getTaskQueue() {
          return "q";
        }

        @Override
        public Map<SlotPermit, ActivitySlotInfo> getUsedSlots() {
          return Map.of();
        }

        @Override
        public String getWorkerIdentity() {
          return "w";
        }

        @Override
        public String getWorkerBuildId() {
          return "";
        }

        @Override
        public int getNumIssuedSlots() {
          return 0;
        }
      };

  private static final SlotReleaseContext<ActivitySlotInfo> NEVER_USED =
      new SlotReleaseContext<>() {
        @Override
        public SlotReleaseReason getSlotReleaseReason() {
          return SlotReleaseReason.neverUsed();
        }

        @Override
        public SlotPermit getSlotPermit() {
          return new SlotPermit();
        }

        @Override
        public @Nullable ActivitySlotInfo getSlotInfo() {
          return null;
        }
      };

  private static List<SlotSupplierFuture> ask(HostSlots slots, int times) {
    List<SlotSupplierFuture> asked = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      asked.add(slots.reserveSlot(ASKS));
    }
    return asked;
  }

  private static long given(List<SlotSupplierFuture> asked) {
    return asked.stream().filter(SlotSupplierFuture::isDone).count();
  }

  @Test
  void theLeastAreThereHoweverTheHostIs() {
    HostSlots slots = slots(2, 10);
    assertThat(slots.capacity()).isEqualTo(2);
    assertThat(given(ask(slots, 5))).isEqualTo(2);
    assertThat(slots.tryReserveSlot(ASKS)).isEmpty();
  }

  @Test
  void aBurstGetsNoMoreThanTheHostHadRoomForWhenItWasLastLookedAt() {
    room.set(3);
    HostSlots slots = slots(2, 10);
    List<SlotSupplierFuture> asked = ask(slots, 10);
    room.set(0);
    slots.look();
    assertThat(given(asked)).isBetween(5L, 8L); // a look may have come between
  }

  @Test
  void whatWaitsIsServedWhenTheHostHasRoomAndNeverBeyondTheMost() {
    HostSlots slots = slots(1, 4);
    List<SlotSupplierFuture> asked = ask(slots, 6);
    room.set(100);
    slots.look();
    assertThat(given(asked)).isEqualTo(4);
    assertThat(slots.capacity()).isEqualTo(4);
    slots.releaseSlot(NEVER_USED);
    assertThat(given(asked)).isEqualTo(5);
  }

  @Test
  void whatWasWithdrawnTakesNoSlot() {
    HostSlots slots = slots(1, 3);
    List<SlotSupplierFuture> asked = ask(slots, 3);
    assertThat(asked.get(1).abortReservation()).isNull();
    room.set(1);
    slots.look();
    assertThat(asked.get(2)).isDone();
  }
}
