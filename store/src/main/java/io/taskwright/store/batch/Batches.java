package io.taskwright.store.batch;

import io.taskwright.model.BatchId;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.batch.Operation;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.NewExecution.StartKey;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** The batches of all projects: making them, looking at them, ending them early. */
@Repository
public class Batches {
  /** How many executions one batch has at most. */
  public static final int MOST = 100_000;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  Batches(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** What came of asking for a batch. */
  public sealed interface Creation {
    /** It is stored with its executions, and will be done. */
    record Created(Batch batch) implements Creation {}

    /** The same was asked for before. */
    record Repeated(Batch batch) implements Creation {}

    /** Its key was used before, with another body. */
    record Conflict() implements Creation {}

    /** There are more than {@link #MOST}. */
    record TooMany() implements Creation {}

    /** There are not as many as was expected. */
    record OtherCount(int found) implements Creation {}
  }

  /** Stores the batch and fixes its executions, in one commit. */
  public Creation create(NewBatch batch) {
    return Objects.requireNonNull(
        transaction.execute(status -> {
          if (!insert(batch)) {
            return before(batch.project(), Objects.requireNonNull(batch.key()));
          }
          int found = fix(batch);
          if (found > MOST) {
            return refused(status, new Creation.TooMany());
          }
          if (batch.expected().isPresent() && batch.expected().getAsInt() != found) {
            return refused(status, new Creation.OtherCount(found));
          }
          return new Creation.Created(find(batch.project(), batch.id()).orElseThrow());
        }));
  }

  private static Creation refused(TransactionStatus status, Creation why) {
    status.setRollbackOnly();
    return why;
  }

  private boolean insert(NewBatch batch) {
    StartKey key = batch.key();
    return jdbc.sql(
                """
                insert into batch (id, project, name, operation, parameters, filter, rate, jitter,
                  state, created_by, key, fingerprint)
                values (:id, :project, :name, :operation, cast(:parameters as json),
                  cast(:filter as json), :rate, make_interval(secs => :jitter), 'RECEIVED', :by, :key,
                  :fingerprint)
                on conflict (project, key) where key is not null do nothing
                """)
            .param("id", batch.id().value())
            .param("project", batch.project().name())
            .param("name", batch.name())
            .param("operation", batch.operation().word())
            .param("parameters", Operations.parameters(batch.operation()).toString())
            .param("filter", batch.filter())
            .param("rate", batch.pace().rate())
            .param("jitter", batch.pace().jitter().toMillis() / 1000.0)
            .param("by", batch.by())
            .param("key", key == null ? null : key.key())
            .param("fingerprint", key == null ? null : key.fingerprint())
            .update()
        > 0;
  }

  private Creation before(Project project, StartKey key) {
    return jdbc.sql(BatchRows.SELECT + " where project = ? and key = ?")
        .params(project.name(), key.key())
        .query((row, n) ->
            Arrays.equals(row.getBytes("fingerprint"), key.fingerprint())
                ? new Creation.Repeated(BatchRows.batch(row, n))
                : (Creation) new Creation.Conflict())
        .single();
  }

  /** Writes down which executions are meant now; tells how many, counting to one too many. */
  private int fix(NewBatch batch) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("project", batch.project().name());
    parameters.put("batch", batch.id().value());
    parameters.put("most", MOST + 1);
    String condition = batch.selection().condition(parameters);
    int found =
        jdbc.sql(
                """
                insert into batch_item (batch_id, number, execution_id)
                select :batch, row_number() over (order by id), id from (
                  select id from execution where project = :project %s order by id limit :most) e
                """
                    .formatted(condition))
            .params(parameters)
            .update();
    jdbc.sql(
            """
            update batch set total = :total,
              state = case when :total = 0 then 'COMPLETED' else state end,
              ended_at = case when :total = 0 then now() end
            where id = :id returning pg_notify('batch', '')
            """)
        .param("total", found)
        .param("id", batch.id().value())
        .query((row, n) -> 1)
        .list();
    return found;
  }

  /**
   * How many executions are meant, and in how many of them the operation finds something to do.
   *
   * @param count at most one more than {@link #MOST}
   */
  public record Size(int count, int fitting) {}

  /** What a batch would have. */
  public Size size(Project project, Selection selection, Operation operation) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("project", project.name());
    parameters.put("most", MOST + 1);
    parameters.put("fits", operation.fits().stream().map(Status::name).toList());
    String condition = selection.condition(parameters);
    return jdbc.sql(
            """
            select count(*), count(*) filter (where status in (:fits)) from (
              select status from execution where project = :project %s limit :most) e
            """
                .formatted(condition))
        .params(parameters)
        .query((row, n) -> new Size(row.getInt(1), row.getInt(2)))
        .single();
  }

  /** Those of the ids that are no execution of the project. */
  public List<ExecutionId> unknown(Project project, List<ExecutionId> ids) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("project", project.name());
    String condition = new Selection.Named(ids).condition(parameters);
    Set<UUID> known =
        new HashSet<>(
            jdbc.sql("select id from execution where project = :project" + condition)
                .params(parameters)
                .query(UUID.class)
                .list());
    return ids.stream().filter(id -> !known.contains(id.value())).toList();
  }

  /** The batch. */
  public Optional<Batch> find(Project project, BatchId id) {
    return jdbc.sql(BatchRows.SELECT + " where project = ? and id = ?")
        .params(project.name(), id.value())
        .query(BatchRows::batch)
        .optional();
  }

  /**
   * A page of batches, the newest first.
   *
   * @param before the id that the page ends before; null for the first page
   */
  public List<Batch> page(
      Project project, Batch.@Nullable State state, @Nullable BatchId before, int limit) {
    return jdbc.sql(
            BatchRows.SELECT
                + """
                 where project = :project and state = coalesce(:state, state)
                  and (cast(:before as uuid) is null or id < :before) order by id desc limit :limit
                """)
        .param("project", project.name())
        .param("state", state == null ? null : state.name())
        .param("before", before == null ? null : before.value())
        .param("limit", limit)
        .query(BatchRows::batch)
        .list();
  }

  /**
   * A page of a batch's executions in their order.
   *
   * @param after the number that the page begins after; 0 for the first page
   */
  public List<Item> items(BatchId batch, Item.@Nullable Status status, int after, int limit) {
    return jdbc.sql(
            """
            select number, execution_id, status, made, code, detail, at from batch_item
            where batch_id = :batch and number > :after and status = coalesce(:status, status)
            order by number limit :limit
            """)
        .param("batch", batch.value())
        .param("after", after)
        .param("status", status == null ? null : status.name())
        .param("limit", limit)
        .query(BatchRows::item)
        .list();
  }

  /** How the executions that the batch has made stand: how many in each status. */
  public Map<Status, Integer> made(BatchId batch) {
    Map<Status, Integer> counts = new EnumMap<>(Status.class);
    jdbc.sql(
            "select e.status, count(*) from batch_item i join execution e on e.id = i.made"
                + " where i.batch_id = ? group by e.status")
        .param(batch.value())
        .query(row -> {
          counts.put(Status.valueOf(row.getString(1)), row.getInt(2));
        });
    return counts;
  }

  /** Ends the batch early, if it has not ended; tells how it stands then. */
  public Optional<Batch> abort(Project project, BatchId id, String by, String reason) {
    jdbc.sql(
            "update batch set state = 'ABORTED', ended_at = now(), aborted_by = ?, abort_reason = ?"
                + " where project = ? and id = ? and ended_at is null")
        .params(by, reason, project.name(), id.value())
        .update();
    return find(project, id);
  }
}
