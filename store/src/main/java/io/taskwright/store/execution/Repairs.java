package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings rows of executions under way back in line with their journal, which is never changed. What
 * the journal says ended is not touched.
 */
@Repository
public class Repairs {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String ROW =
      "select status, seq, route, awaits from execution where id = ? for update";

  /**
   * One row: what the newest entries of each kind say. A dispatcher may have claimed a row that was
   * damaged to wait: nothing whose work began waits for that again.
   */
  private static final String JOURNAL =
      """
      select
        (select max(seq) from event where execution_id = :id) as seq,
        (select data ->> 'status' from event
         where execution_id = :id and type not in ('log', 'progress') and type in ('status', 'end')
         order by data ->> 'status' in ('RECEIVED', 'PREPARING')
             and exists (select from attempt where execution_id = :id),
           seq desc
         limit 1) as status,
        (select data ->> 'for' from event
         where execution_id = :id and type not in ('log', 'progress') and type = 'waiting'
         order by seq desc limit 1) as waiting,
        (select data from event
         where execution_id = :id and type not in ('log', 'progress') and type = 'route'
         order by seq desc limit 1) as route,
        (select data -> 'awaits' from event
         where execution_id = :id and type not in ('log', 'progress')
           and type in ('waiting', 'signal') and data -> 'awaits' is not null
         order by seq desc limit 1) as awaits,
        exists (select from event
         where execution_id = :id and type not in ('log', 'progress') and type = 'end') as ended
      """;

  private final JdbcClient jdbc;
  private final Journal journal;

  Repairs(JdbcClient jdbc, Journal journal) {
    this.jdbc = jdbc;
    this.journal = journal;
  }

  private record Row(String status, long seq, @Nullable String route, Awaited awaited) {}

  private record Told(
      long seq,
      Status status,
      @Nullable String waiting,
      @Nullable String route,
      Awaited awaited,
      boolean ended) {
    /** What must come before it is due: nothing any more if it was dispatched. */
    Awaited awaits() {
      boolean waits = status == Status.RECEIVED || status == Status.PAUSED;
      return waits && route == null ? awaited : Awaited.NONE;
    }
  }

  /**
   * Repairs the row.
   *
   * @return the columns that were wrong; empty if the execution has ended or there is none
   */
  @Transactional
  public Optional<List<String>> repair(ExecutionId id) {
    Optional<Row> found = jdbc.sql(ROW).param(id.value()).query(Repairs::row).optional();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Told told = jdbc.sql(JOURNAL).param("id", id.value()).query(Repairs::told).single();
    return told.ended() ? Optional.empty() : Optional.of(mended(id, found.get(), told));
  }

  private List<String> mended(ExecutionId id, Row row, Told told) {
    List<String> wrong = new ArrayList<>();
    Map<String, Object> parameters = new HashMap<>();
    StringBuilder assignments = new StringBuilder();
    Status status = told.status();
    if (!row.status().equals(status.name())) {
      wrong.add("status");
      assignments.append("status = :status, ended_at = null");
      parameters.put("status", status.name());
      if (status == Status.WAITING && told.waiting() != null) {
        assignments.append(", waiting_for = :waiting, waiting_since = now()");
        parameters.put("waiting", told.waiting());
      }
    }
    if (told.route() != null && !same(told.route(), row.route())) {
      wrong.add("route");
      assignments
          .append(assignments.isEmpty() ? "" : ", ")
          .append("route = cast(:route as json), pool = cast(:route as json) ->> 'pool'");
      parameters.put("route", told.route());
    }
    if (!row.awaited().equals(told.awaits())) {
      wrong.add("signals");
      assignments
          .append(assignments.isEmpty() ? "" : ", ")
          .append("awaits = nullif(cast(:awaits as jsonb), '{}'),")
          .append(" due = due_at <= now() and cast(:awaits as jsonb) = '{}'");
      parameters.put("awaits", told.awaits().json().toString());
    }
    if (row.seq() != told.seq()) {
      wrong.add("seq");
      jdbc.sql("update execution set seq = ? where id = ?").params(told.seq(), id.value()).update();
    }
    if (!wrong.isEmpty()) {
      ObjectNode data = JsonNodeFactory.instance.objectNode();
      wrong.forEach(data.putArray("columns")::add);
      journal.append(
          id, assignments.toString(), "true", parameters, List.of(Fact.of("repair", data)));
    }
    return List.copyOf(wrong);
  }

  private static boolean same(String json, @Nullable String other) {
    if (other == null) {
      return false;
    }
    JsonNode route = JSON.readTree(json);
    return route.equals(JSON.readTree(other));
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    return new Row(
        row.getString(1), row.getLong(2), row.getString(3), Awaited.of(row.getString(4)));
  }

  private static Told told(ResultSet row, int number) throws SQLException {
    return new Told(
        row.getLong("seq"),
        Status.valueOf(Objects.requireNonNull(row.getString("status"))),
        row.getString("waiting"),
        row.getString("route"),
        Awaited.of(row.getString("awaits")),
        row.getBoolean("ended"));
  }
}
