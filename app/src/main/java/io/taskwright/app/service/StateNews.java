package io.taskwright.app.service;

import io.taskwright.app.machine.Progress;
import io.taskwright.app.supervisor.PartState;
import io.taskwright.app.supervisor.PartStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Turns descriptions of an instance into a line for each part that became ready or failed. */
final class StateNews {
  private final Progress progress;
  private final Instant start = Instant.now();
  private final Map<String, PartState> told = new HashMap<>();

  StateNews(Progress progress) {
    this.progress = progress;
  }

  void tell(Instance instance) {
    for (PartStatus part : instance.parts()) {
      if (told.put(part.name(), part.state()) != part.state()) {
        switch (part.state()) {
          case READY ->
              progress.say(
                  "  %-12s %-14s ready (%.1f s)".formatted(part.name(), part.version(), seconds()));
          case RESTARTING, FAILED ->
              progress.say(
                  "  %-12s %s; it is started again".formatted(part.name(), firstLine(part)));
          case WAITING, STARTING, STOPPING, STOPPED -> {}
        }
      }
    }
  }

  private static String firstLine(PartStatus part) {
    return Objects.requireNonNullElse(part.reason(), "").lines().findFirst().orElse("");
  }

  private double seconds() {
    return Duration.between(start, Instant.now()).toMillis() / 1000.0;
  }
}
