package io.taskwright.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.definition.ConcurrencyLimit.OnLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitWordsTest {
  @Test
  void everyWayToMeetALimitIsFoundByItsName() {
    assertThat(OnLimit.words()).hasSize(OnLimit.values().length).doesNotHaveDuplicates();
    for (OnLimit way : OnLimit.values()) {
      assertThat(OnLimit.of(way.word())).contains(way);
    }
    assertThat(OnLimit.of("QUEUE")).isEmpty();
  }

  @Test
  void aLimitSaysWhatItWasGiven() {
    ConcurrencyLimit limit = new ConcurrencyLimit(5, null, OnLimit.REJECT);
    assertThat(limit.limit()).isEqualTo(5);
    assertThat(limit.onLimit().word()).isEqualTo("reject");
    RateLimit rate = new RateLimit(3, RateLimit.SHORTEST, "input.x", true);
    assertThat(rate.per()).isEqualTo(Duration.ofSeconds(1)).isLessThan(RateLimit.LONGEST);
  }
}
