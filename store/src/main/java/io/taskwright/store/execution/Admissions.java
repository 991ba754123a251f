package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.definition.Work;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.Route;
import io.taskwright.model.execution.Status;
import io.taskwright.model.execution.Warning;
import io.taskwright.model.file.InputFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What admission reads of an execution and decides about it. */
@Repository
public class Admissions {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String CANDIDATE =
      "select id, project, task_id, task_version, status, input, due_at + held, start_by,"
          + " cancel is not null, files, cache_use, dry from execution where id = ?";
  static final String LIVE = "status not in ('REJECTED', 'COMPLETED', 'FAILED', 'CANCELLED')";

  private final JdbcClient jdbc;
  private final Journal journal;

  Admissions(JdbcClient jdbc, Journal journal) {
    this.jdbc = jdbc;
    this.journal = journal;
  }

  /**
   * An execution to be admitted.
   *
   * @param input JSON
   * @param dueAt when its clocks began to run: later by the time that it was held
   * @param files that were given with the start
   * @param dryRun what it does in the place of its work; null if it is real
   */
  public record Candidate(
      ExecutionId id,
      Project project,
      TaskId task,
      int taskVersion,
      Status status,
      String input,
      Instant dueAt,
      Instant startBy,
      boolean cancelled,
      List<InputFile> files,
      CacheUse cacheUse,
      @Nullable DryRun dryRun) {
    public Candidate {
      files = List.copyOf(files);
    }

    /** The work as this execution does it: without effects if it is a dry run. */
    public Work.Automated own(Work.Automated work) {
      return dryRun == null ? work : work.closed();
    }
  }

  /**
   * What an execution's result will be known by, and for how long.
   *
   * @param key a hash of what the result depends on
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared here
  public record Keeping(byte[] key, Duration ttl) {}

  /** The execution, if there is one. */
  public Optional<Candidate> find(ExecutionId id) {
    return jdbc.sql(CANDIDATE).param(id.value()).query(Admissions::candidate).optional();
  }

  private static Candidate candidate(ResultSet row, int number) throws SQLException {
    return new Candidate(
        new ExecutionId(row.getObject(1, UUID.class)),
        new Project(row.getString(2)),
        new TaskId(row.getObject(3, UUID.class)),
        row.getInt(4),
        Status.valueOf(row.getString(5)),
        row.getString(6),
        row.getObject(7, OffsetDateTime.class).toInstant(),
        row.getObject(8, OffsetDateTime.class).toInstant(),
        row.getBoolean(9),
        GivenFiles.of(row.getString(10)),
        CacheUse.valueOf(row.getString(11)),
        row.getString(12) == null ? null : DryRunJson.of(row.getString(12)));
  }

  /** Stores where the work goes; its result is not kept for others. */
  public void admit(ExecutionToken grant, Route route) {
    admit(grant, route, Optional.empty());
  }

  /**
   * Stores where the work goes. Admitting again, after a crash, replaces the grant.
   *
   * @param grant the secret that an executor must show to open an attempt
   * @param keeping how the result is kept, if it is
   */
  public void admit(ExecutionToken grant, Route route, Optional<Keeping> keeping) {
    ObjectNode json = RouteJson.of(route);
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("route", json.toString());
    parameters.put("pool", route.pool());
    parameters.put("grant", grant.hash());
    keeping.ifPresent(kept -> {
      parameters.put("key", kept.key());
      parameters.put("ttl", kept.ttl().toSeconds());
    });
    journal.append(
        grant.execution(),
        "route = cast(:route as json), pool = :pool, grant_hash = :grant, claimed_until = null,"
            + " waiting_for = null, waiting_since = null"
            + (keeping.isEmpty()
                ? ""
                : ", cache_key = :key, cache_ttl = make_interval(secs => :ttl)"),
        LIVE,
        parameters,
        List.of(Fact.of("route", json)));
  }

  private static ObjectNode json(Route route) {
    return JSON.createObjectNode()
        .put("method", route.method().name())
        .put("pool", route.pool())
        .put("reason", route.reason());
  }

  /**
   * Stores what a dry run would do. Its route says where the work would go; where it waits itself
   * was said when it was taken in.
   */
  public void admitDry(ExecutionToken grant, Route route, ArrayNode would) {
    ObjectNode json = json(route);
    journal.append(
        grant.execution(),
        "route = cast(:route as json), would = cast(:would as json), grant_hash = :grant,"
            + " claimed_until = null, waiting_for = null, waiting_since = null",
        LIVE,
        Map.of("route", json.toString(), "would", would.toString(), "grant", grant.hash()),
        List.of(Fact.of("route", json)));
  }

  /** Stores what a dry run would do that needs no work. */
  public void note(ExecutionId id, ArrayNode would) {
    jdbc.sql("update execution set would = cast(? as json) where id = ?")
        .params(would.toString(), id.value())
        .update();
  }

  /**
   * Ends the execution before its work; why is kept with it.
   *
   * @return false if it has ended otherwise, or somebody holds it
   */
  public boolean reject(ExecutionId id, Failure failure) {
    return journal
        .append(
            id,
            "status = 'REJECTED', ended_at = now(), claimed_until = null,"
                + " failure = cast(:failure as json)",
            LIVE + " and status <> 'PAUSED'",
            Map.of("failure", JSON.writeValueAsString(Failures.json(failure))),
            List.of(Fact.end(Status.REJECTED)))
        .isPresent();
  }

  /**
   * Adds warnings to the execution and its log, each once: a step that is repeated repeats none.
   * Without warnings nothing is done.
   */
  public void warn(ExecutionId id, List<Warning> warnings) {
    for (Warning warning : warnings) {
      ArrayNode json = JSON.createArrayNode();
      json.addObject()
          .put("stage", warning.stage())
          .put("pointer", warning.pointer())
          .put("message", Fact.storable(warning.message()));
      String line = warning.stage() + " " + warning.pointer() + ": " + warning.message();
      journal.append(
          id,
          "warnings = coalesce(warnings, '[]') || cast(:warning as jsonb)",
          LIVE + " and not coalesce(warnings, '[]') @> cast(:warning as jsonb)",
          Map.of("warning", JSON.writeValueAsString(json)),
          List.of(Fact.log(null, "WARN", "system", line)));
    }
  }

  /** The execution that the grant was given for, if it is still under way. */
  public Optional<Candidate> granted(ExecutionToken grant) {
    return jdbc.sql(CANDIDATE + " and grant_hash = ? and ended_at is null")
        .params(grant.execution().value(), grant.hash())
        .query(Admissions::candidate)
        .optional();
  }
}
