package io.taskwright.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A pool of executors.
 *
 * @param json as the service shows it
 */
public record Pool(JsonNode json) {
  public String name() {
    return json.path("name").asString("");
  }

  /** How many attempts its live executors take at once. */
  public int slots() {
    return json.at("/capacity/slots").asInt(0);
  }

  /** How many they make now. */
  public int used() {
    return json.at("/capacity/used").asInt(0);
  }

  /** How many executions wait for a slot. */
  public long waiting() {
    return json.at("/queue/waiting").asLong(0);
  }

  /** Since when the one that waits longest does. */
  public Optional<Instant> oldest() {
    return Json.time(json.at("/queue/oldest"));
  }

  /** How many executors take its work now. */
  public long live() {
    return json.path("workers")
        .valueStream()
        .filter(worker -> worker.path("state").asString("").equals("LIVE"))
        .count();
  }

  /** What they run. */
  public List<String> runtimes() {
    return json.path("runtimes").valueStream().map(word -> word.asString("")).toList();
  }
}
