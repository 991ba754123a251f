package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.Admissions.Candidate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results of executions that completed, which others may be given. One is known by its project, its
 * task's version and a key. Admission says which results are kept; the commit that completes the
 * execution keeps them.
 */
@Repository
public class KnownResults {
  private final JdbcClient jdbc;
  private final Journal journal;

  KnownResults(JdbcClient jdbc, Journal journal) {
    this.jdbc = jdbc;
    this.journal = journal;
  }

  private record Known(ExecutionId execution, Instant at) {}

  /**
   * Completes the execution with a known result, if there is one that has not expired.
   *
   * @return false if there is none, or if the execution has ended or is to be cancelled
   */
  public boolean give(Candidate candidate, byte[] key) {
    return find(candidate, key).filter(known -> give(candidate.id(), known)).isPresent();
  }

  /** Whether {@link #give} would find one. */
  public boolean has(Candidate candidate, byte[] key) {
    return find(candidate, key).isPresent();
  }

  private Optional<Known> find(Candidate candidate, byte[] key) {
    return jdbc.sql(
            "select execution_id, at from known_result where project = ? and task_id = ?"
                + " and task_version = ? and key = ? and expires_at > now()")
        .params(candidate.project().name(), candidate.task().value(), candidate.taskVersion(), key)
        .query(KnownResults::known)
        .optional();
  }

  private boolean give(ExecutionId id, Known known) {
    ObjectNode cached =
        JsonNodeFactory.instance
            .objectNode()
            .put("from", known.execution().toString())
            .put("at", known.at().toString());
    return journal
        .append(
            id,
            "status = 'COMPLETED', ended_at = now(), claimed_until = null, waiting_for = null,"
                + " waiting_since = null, cached = cast(:cached as json),"
                + " output = (select k.output from execution k where k.id = :from)",
            Admissions.LIVE
                + " and status <> 'PAUSED' and cancel is null and exists"
                + " (select from execution k where k.id = :from and k.output is not null)",
            Map.of("cached", cached.toString(), "from", known.execution().value()),
            List.of(Fact.of("cached", cached), Fact.end(Status.COMPLETED)))
        .isPresent();
  }

  /**
   * Forgets results that have expired. They were not given any more before either.
   *
   * @return how many
   */
  public int forgetExpired(int most) {
    return jdbc.sql(
            "delete from known_result where ctid in (select ctid from known_result"
                + " where expires_at <= now() limit ? for update skip locked)")
        .param(most)
        .update();
  }

  private static Known known(ResultSet row, int number) throws SQLException {
    return new Known(
        new ExecutionId(row.getObject(1, UUID.class)),
        row.getObject(2, OffsetDateTime.class).toInstant());
  }
}
