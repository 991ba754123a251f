package io.taskwright.bench.report;

import io.taskwright.bench.cost.Cost.Payer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A report as JSON, every number with its unit in the field's name or beside it. */
public final class ResultFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final double THOUSAND = 1000;

  private ResultFile() {}

  /** Writes it over an earlier one. */
  public static void write(Path file, Report report) throws IOException {
    write(file, json(report));
  }

  /** Writes what is JSON already. */
  public static void write(Path file, ObjectNode json) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, JSON.writeValueAsString(json) + "\n");
  }

  static ObjectNode json(Report report) {
    ObjectNode json = JSON.createObjectNode().put("benchmark", report.benchmark());
    json.set("machine", machine(report.machine()));
    json.put("clients", report.clients());
    json.put("warmUp", report.warmUp());
    ArrayNode series = json.putArray("series");
    report.series().forEach(each -> series.add(series(each)));
    goals(json, report.goals());
    return json;
  }

  /** Adds what shall be reached. */
  public static void goals(ObjectNode json, List<Report.Goal> goals) {
    ArrayNode array = json.putArray("goals");
    goals.forEach(goal ->
        array
            .addObject()
            .put("name", goal.name())
            .put("unit", goal.unit())
            .put("measured", rounded(goal.measured()))
            .put("atLeast", goal.least())
            .put("reached", goal.reached()));
  }

  /** Where and when was measured. */
  public static ObjectNode machine(Machine machine) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("date", machine.date().toString())
            .put("cores", machine.cores())
            .put("processor", machine.processor())
            .put("memoryMiB", machine.memoryMib())
            .put("os", machine.os())
            .put("jdk", machine.jdk())
            .put("loadAverageBefore", machine.loadBefore());
    ObjectNode versions = json.putObject("versions");
    machine.parts().forEach(versions::put);
    return json;
  }

  private static ObjectNode series(Series series) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("subject", series.subject())
            .put("executions", series.executions())
            .put("executionsPerSecond", rounded(series.rate()));
    ArrayNode rates = json.putArray("executionsPerSecondOfEachRound");
    series.rates().forEach(rate -> rates.add(rounded(rate)));
    ObjectNode latency = json.putObject("latencyMillis");
    DoubleStream.of(50, 90, 99)
        .forEach(p -> latency.put("p" + Math.round(p), rounded(series.percentileMillis(p / 100))));
    ObjectNode cost = json.putObject("processorMillisPerExecution");
    for (Payer payer : Payer.values()) {
      if (payer != Payer.OTHERS) {
        cost.put(
            payer.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            rounded(series.costMillis(payer)));
      }
    }
    json.put("coresUsedByOthers", rounded(series.cores(Payer.OTHERS)));
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * THOUSAND) / THOUSAND;
  }
}
