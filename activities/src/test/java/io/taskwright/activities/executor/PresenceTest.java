package io.taskwright.activities.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptAnswer.State;
import io.taskwright.model.protocol.WorkerBeat;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private final FakeServiceApi api =
      new FakeServiceApi(new AttemptAnswer(State.OVER, null, null), new byte[0]);
  private final List<Boolean> welcome = new CopyOnWriteArrayList<>();

  private Presence presence() {
    return new Presence(
        api,
        "me",
        () -> new WorkerBeat("default", "h", "1", 2, 0, false, List.of(), List.of(), Instant.EPOCH),
        welcome::add);
  }

  @Test
  void saysThatItIsThereAndThatItIsGone() throws IOException, InterruptedException {
    try (Presence presence = presence()) {
      assertThat(presence.trouble()).isPresent();
      presence.register();
      assertThat(presence.trouble()).isEmpty();
      assertThat(api.beats).hasSize(1);
    }
    assertThat(api.beats).isEmpty();
  }

  @Test
  void takesNoWorkWhileItIsRefused() {
    api.refusing = 403;
    try (Presence presence = presence()) {
      presence.start();
      await().until(() -> welcome.equals(List.of(false)));
      assertThat(presence.trouble().orElseThrow()).contains("403");
      api.refusing = 0;
      await().until(() -> welcome.equals(List.of(false, true)));
      assertThat(presence.trouble()).isEmpty();
    }
  }

  @Test
  void aServiceThatIsAwayDoesNotStopTheWork() {
    api.away.set(1);
    try (Presence presence = presence()) {
      presence.start();
      await().until(() -> !api.beats.isEmpty());
      assertThat(welcome).isEmpty();
    }
  }
}
