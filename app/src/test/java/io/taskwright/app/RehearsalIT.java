package io.taskwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the build goes through to learn which classes belong into the class caches. */
final class RehearsalIT {
  @Test
  void goesThroughEveryVerbThatAsksAService() {
    Cli.Result rehearsal = Cli.run("rehearse");
    assertThat(rehearsal.code()).isZero();
    assertThat(rehearsal.out()).isEmpty();
    assertThat(rehearsal.err()).doesNotContain("not rehearsed whole");
  }

  @Test
  void putsTheServerTogetherWithoutDatabaseAndTemporal() {
    Cli.Result rehearsal = Cli.run("rehearse", "--server");
    assertThat(rehearsal.code()).as(rehearsal.err()).isZero();
    assertThat(rehearsal.out()).containsPattern("Started \\w+ in");
  }
}
