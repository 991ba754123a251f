package io.taskwright.bench.start;

import io.taskwright.bench.report.Machine;
import io.taskwright.bench.report.Report.Goal;
import io.taskwright.bench.report.ResultFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The rows as JSON. */
final class StartFile {
  private static final JsonMapper JSON = JsonMapper.shared();

  private StartFile() {}

  static void write(Path file, double loadBefore, List<Row> rows, List<Goal> goals)
      throws IOException {
    ObjectNode json = JSON.createObjectNode().put("benchmark", "sandbox");
    json.set("machine", ResultFile.machine(Machine.here(loadBefore, JSON.createObjectNode())));
    for (Row row : rows) {
      ObjectNode one = json.withArray("sandboxes").addObject();
      one.put("backEnd", row.backEnd()).put("runtime", row.runtime());
      ObjectNode first = one.putObject("firstLineMillis");
      first.set("bare", taken(row.bare()));
      first.set("dockerRun", taken(row.dockerRun()));
      first.set("cold", taken(row.cold()));
      first.set("warm", taken(row.warm()));
      first.set("burstOf50", taken(row.burst()));
      one.putObject("wholeRunMillisP50")
          .put("bare", rounded(row.bare().wholeP50()))
          .put("cold", rounded(row.cold().wholeP50()))
          .put("warm", rounded(row.warm().wholeP50()));
      one.put("burstOf50Millis", rounded(row.burstMillis()));
      one.put("refillPerSecond", rounded(row.refillPerSecond()));
      one.put("idleMebibytes", rounded(row.idleMib()));
    }
    ResultFile.goals(json, goals);
    ResultFile.write(file, json);
  }

  private static ObjectNode taken(Taken taken) {
    return JSON.createObjectNode()
        .put("runs", taken.firstLine().size())
        .put("p50", rounded(taken.p50()))
        .put("p99", rounded(taken.p99()));
  }

  /** To hundredths; null for what was not measured. */
  private static @Nullable Double rounded(double value) {
    return Double.isNaN(value) ? null : Double.valueOf(Math.round(value * 100) / 100.0);
  }
}
