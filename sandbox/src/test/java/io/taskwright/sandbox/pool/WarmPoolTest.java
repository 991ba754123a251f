package io.taskwright.sandbox.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.sandbox.Room;
import io.taskwright.sandbox.guest.Environment;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.Harness;
import io.taskwright.sandbox.guest.Traces;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** How many environments wait, and which. */
final class WarmPoolTest {
  private static final PoolKey PYTHON = key("python3");
  private static final PoolKey NODE = key("node");

  private final List<Standing> made = new ArrayList<>();
  private final Queue<Runnable> background = new ArrayDeque<>();
  private long now;
  private boolean broken;
  private WarmPool pool = pool(new WarmSettings(4, 1, minutes(10), minutes(5)), 1);

  @Test
  void hasOneForTheNextProgramOfAKindThatWasRun() {
    assertThat(pool.take(PYTHON)).isEmpty();
    work();
    assertThat(pool.waiting()).isEqualTo(1);
    assertThat(pool.take(NODE)).isEmpty();
    assertThat(pool.take(PYTHON)).map(Stand::name).contains("1");
  }

  @Test
  void hasAsManyAsCameLatelyUpToTheCap() {
    for (int i = 0; i < 3; i++) {
      pool.take(PYTHON);
    }
    work();
    assertThat(pool.waiting()).isEqualTo(3);
    for (int i = 0; i < 20; i++) {
      pool.take(PYTHON);
    }
    work();
    assertThat(pool.waiting()).isEqualTo(4);
  }

  @Test
  void keepsTheFloorWhenDemandEndsAndNothingMuchLater() {
    for (int i = 0; i < 20; i++) {
      pool.take(PYTHON);
    }
    work();
    passes(Duration.ofMinutes(1));
    assertThat(pool.waiting()).isEqualTo(1);
    assertThat(ended()).isEqualTo(made.size() - 1);
    passes(Duration.ofMinutes(10));
    assertThat(pool.waiting()).isZero();
    assertThat(ended()).isEqualTo(made.size());
  }

  @Test
  void replacesWhatWaitedForTooLong() {
    pool.take(PYTHON);
    work();
    passes(Duration.ofMinutes(6));
    assertThat(ended()).isEqualTo(1);
    assertThat(pool.take(PYTHON)).map(Stand::name).contains("2");
  }

  @Test
  void doesNotGiveWhatIsDead() {
    pool.take(PYTHON);
    work();
    made.getFirst().alive = false;
    assertThat(pool.take(PYTHON)).isEmpty();
    work();
    assertThat(made.getFirst().ended).isTrue();
    assertThat(pool.waiting()).isPositive();
  }

  @Test
  void letsTheKindThatWasAskedForLastHaveTheRoomOfOthers() {
    for (int i = 0; i < 20; i++) {
      pool.take(PYTHON);
    }
    work();
    now += Duration.ofSeconds(1).toNanos();
    pool.take(NODE);
    work();
    assertThat(pool.waiting()).isEqualTo(4);
    assertThat(pool.take(NODE)).isPresent();
  }

  @Test
  void makesNoMoreAtOnceThanItMay() {
    pool = pool(new WarmSettings(4, 4, minutes(10), minutes(5)), 2);
    pool.take(PYTHON);
    pool.take(PYTHON);
    pool.take(PYTHON);
    assertThat(background).hasSize(2);
  }

  @Test
  void restsWhenNoneCanBeMade() {
    broken = true;
    pool.take(PYTHON);
    work();
    pool.take(PYTHON);
    assertThat(background).isEmpty();
    broken = false;
    passes(Duration.ofSeconds(6));
    assertThat(pool.waiting()).isPositive();
  }

  @Test
  void endsAllWhenItIsClosedAndTakesNoMore() {
    pool.take(PYTHON);
    work();
    pool.close();
    assertThat(ended()).isEqualTo(1);
    assertThat(pool.take(PYTHON)).isEmpty();
    assertThat(background).isEmpty();
  }

  @Test
  void hasNoneWhereNoneAreWanted() {
    pool = pool(WarmSettings.NONE, 1);
    assertThat(pool.take(PYTHON)).isEmpty();
    assertThat(background).isEmpty();
  }

  private void passes(Duration time) {
    now += time.toNanos();
    pool.tend();
    work();
  }

  private void work() {
    for (Runnable next; (next = background.poll()) != null; ) {
      next.run();
    }
  }

  private long ended() {
    return made.stream().filter(one -> one.ended).count();
  }

  private WarmPool pool(WarmSettings settings, int makers) {
    return new WarmPool(settings, this::make, () -> now, background::add, makers);
  }

  private Stand make(PoolKey key) throws EnvironmentException {
    if (broken) {
      throw new EnvironmentException("no room");
    }
    Standing one = new Standing();
    made.add(one);
    return new Stand(Integer.toString(made.size()), one, Optional.empty());
  }

  private static Duration minutes(int count) {
    return Duration.ofMinutes(count);
  }

  private static PoolKey key(String program) {
    Room room = new Room(new Cpu(100), null, new ByteSize(1), new ByteSize(1), 1, 1);
    return new PoolKey(new Harness(List.of(program), Map.of()), room, false);
  }

  /** Stands until it is ended. */
  private static final class Standing implements Environment {
    private boolean alive = true;
    private boolean ended;

    @Override
    public OutputStream input() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream output() {
      return InputStream.nullInputStream();
    }

    @Override
    public boolean alive() {
      return alive;
    }

    @Override
    public void kill() {
      alive = false;
    }

    @Override
    public Traces end() {
      ended = true;
      return new Traces(false, false, new ByteSize(0), Duration.ZERO);
    }
  }
}
