package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is checked between the work and the end of an execution, and what came of it. */
@Repository
public class Checks {
  private final JdbcClient jdbc;
  private final Journal journal;

  Checks(JdbcClient jdbc, Journal journal) {
    this.jdbc = jdbc;
    this.journal = journal;
  }

  /**
   * The output that the newest attempt gave and that is to be checked, as JSON; empty if it gave
   * none or the execution has ended.
   */
  public Optional<String> output(ExecutionId id) {
    return jdbc.sql(
            "select a.output from execution e join lateral (select output from attempt"
                + " where execution_id = e.id order by number desc limit 1) a on true"
                + " where e.id = ? and e.ended_at is null and a.output is not null")
        .param(id.value())
        .query(String.class)
        .optional();
  }

  /**
   * Notes in the timeline that a check was made. One that is made again, after a crash, is noted
   * again.
   *
   * @param pointer to the check in the definition
   */
  public void made(ExecutionId id, String pointer, boolean passed, String found) {
    ObjectNode data =
        JsonNodeFactory.instance
            .objectNode()
            .put("pointer", pointer)
            .put("passed", passed)
            .put("found", Fact.storable(found));
    journal.append(id, "", Admissions.LIVE, Map.of(), List.of(Fact.of("check", data)));
  }
}
