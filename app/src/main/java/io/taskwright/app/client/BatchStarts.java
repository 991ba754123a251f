package io.taskwright.app.client;

import io.taskwright.app.terminal.LiveLines;
import io.taskwright.client.StartResult;
import io.taskwright.client.TaskwrightClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Starts what a file says, some hundreds with each request, and says how far it is. */
final class BatchStarts {
  private final TaskwrightClient client;
  private final LiveLines lines;

  BatchStarts(TaskwrightClient client, LiveLines lines) {
    this.client = client;
    this.lines = lines;
  }

  /**
   * Starts all of it; lines that are refused do not stop the others.
   *
   * @param key under which starting all of it again changes nothing
   * @param result hears what came of each line, in order
   * @return how many were refused
   */
  int start(BatchFile file, String key, Consumer<StartResult> result) {
    int all = file.lines().size();
    int done = 0;
    int refused = 0;
    List<List<BatchFile.Line>> requests = file.requests();
    for (int i = 0; i < requests.size(); i++) {
      List<BatchFile.Line> request = requests.get(i);
      List<StartResult> results =
          client
              .executions()
              .startAll(request.stream().map(BatchFile.Line::item).toList(), key + "/" + i);
      List<String> refusals = new ArrayList<>();
      for (int n = 0; n < results.size(); n++) {
        String place = "line " + request.get(n).number() + ": ";
        results.get(n).problem().ifPresent(problem -> refusals.add(place + Refusals.text(problem)));
        result.accept(results.get(n));
      }
      refusals.forEach(lines::line);
      refused += refusals.size();
      done += results.size();
      lines.progress((double) done / all, "%d of %d, %d refused".formatted(done, all, refused));
    }
    lines.end();
    return refused;
  }
}
