package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes the row of an execution and adds what happened in one statement. The facts take the next
 * numbers under the row's lock, so the numbers have no gap and no double.
 */
@Component
class Journal {
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * The tail of a statement whose first part is the query {@code x}: changed rows with their seq.
   */
  static final String ADD_FACTS =
      """
      insert into event (execution_id, seq, at, project, task_id, type, level, source, message, data)
      select x.id, x.seq - :count + f.n, coalesce(f.at, now()), x.project, x.task_id,
             f.type, f.level, f.source, f.message, f.data
      from x cross join rows from (json_to_recordset(cast(:facts as json))
        as (at timestamptz, type text, level text, source text, message text, data json))
        with ordinality as f(at, type, level, source, message, data, n)
      """;

  private final JdbcClient jdbc;
  private final ApplicationEventPublisher listeners;

  Journal(JdbcClient jdbc, ApplicationEventPublisher listeners) {
    this.jdbc = jdbc;
    this.listeners = listeners;
  }

  /**
   * Tells that executions ended, by a statement of the transaction that goes on.
   *
   * @param dry of each whether it was a dry run; those are not counted
   */
  void ended(Status status, List<Boolean> dry) {
    int count = (int) dry.stream().filter(each -> !each).count();
    if (count > 0) {
      listeners.publishEvent(new EndsCommitted(status, count));
    }
  }

  /**
   * Changes the row and adds the facts, if the row is as the condition says.
   *
   * @param assignments SQL after {@code set}, constant text with named parameters; may be empty
   * @param condition SQL, constant text with named parameters
   * @return the number of the last fact, or empty if the condition did not hold
   */
  OptionalLong append(
      ExecutionId id,
      String assignments,
      String condition,
      Map<String, ?> parameters,
      List<Fact> facts) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("id", id.value());
    all.put("count", facts.size());
    all.put("facts", json(facts));
    Optional<Written> written = write(assignments, condition, all);
    written.ifPresent(row ->
        facts.stream()
            .flatMap(fact -> fact.ended().stream())
            .forEach(status -> ended(status, List.of(row.dry()))));
    return written.map(row -> OptionalLong.of(row.seq())).orElse(OptionalLong.empty());
  }

  private record Written(long seq, boolean dry) {}

  private Optional<Written> write(String assignments, String condition, Map<String, Object> all) {
    return jdbc.sql(
            "with x as (update execution set seq = seq + :count"
                + (assignments.isEmpty() ? "" : ", " + assignments)
                + " where id = :id and "
                + condition
                + " returning id, seq, project, task_id, dry), facts as ("
                + ADD_FACTS
                + ") select seq, dry is not null from x")
        .params(all)
        .query((row, n) -> new Written(row.getLong(1), row.getBoolean(2)))
        .optional();
  }

  static String json(List<Fact> facts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(facts.size());
    for (Fact fact : facts) {
      ObjectNode row = array.addObject().put("type", fact.type());
      if (fact.at() != null) {
        row.put("at", fact.at().toString());
      }
      row.put("level", fact.level()).put("source", fact.source()).put("message", fact.message());
      if (fact.data() != null) {
        row.set("data", fact.data());
      }
    }
    return JSON.writeValueAsString(array);
  }
}
