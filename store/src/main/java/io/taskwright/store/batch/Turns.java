package io.taskwright.store.batch;

import io.taskwright.model.BatchId;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives each execution of a batch its turn, exactly once however often it is tried. */
@Repository
public class Turns {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  Turns(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** What a turn came to. */
  public sealed interface Turn {
    /** One had its turn. */
    record Taken() implements Turn {}

    /** Nothing is left to do. */
    record None() implements Turn {}

    /** The one whose turn it is has to wait for a limit. */
    record Later(Duration pause) implements Turn {}
  }

  /** The batch, of whatever project, if it has not ended. */
  public Optional<Batch> going(BatchId id) {
    return jdbc.sql(BatchRows.SELECT + " where id = ? and ended_at is null")
        .param(id.value())
        .query(BatchRows::batch)
        .optional();
  }

  /**
   * Does the deed on the next execution and stores what came of it, in one commit. What cannot be
   * done in a way that nobody foresaw counts as failed, so that it holds up no other.
   *
   * @return {@link Turn.None} if there is none left, or if the batch has ended; then it is
   *     COMPLETED, unless it was ended early
   */
  public Turn next(Batch batch, Deed deed) {
    AtomicInteger number = new AtomicInteger();
    try {
      return Objects.requireNonNull(
          transaction.execute(status -> {
            Optional<Next> next = take(batch.id());
            if (next.isEmpty()) {
              complete(batch.id());
              return new Turn.None();
            }
            number.set(next.get().number());
            return settle(
                batch.id(), next.get().number(), deed.perform(batch, next.get().execution()));
          }));
    } catch (DataAccessResourceFailureException
        | TransientDataAccessException
        | RecoverableDataAccessException
        | CannotCreateTransactionException
        | TransactionSystemException e) {
      throw e; // the store is away, or busy: the turn comes again
    } catch (RuntimeException e) {
      if (number.get() == 0) {
        throw e;
      }
      LOG.atError()
          .addKeyValue("batch", batch.id())
          .addKeyValue("item", number.get())
          .setCause(e)
          .log("an execution of a batch could not be done; it counts as failed");
      giveUp(batch.id(), number.get());
      return new Turn.Taken();
    }
  }

  private record Next(int number, ExecutionId execution) {}

  private Optional<Next> take(BatchId batch) {
    return jdbc.sql(
            """
            select i.number, i.execution_id from batch_item i join batch b on b.id = i.batch_id
            where i.batch_id = ? and i.status = 'PENDING' and b.ended_at is null
            order by i.number limit 1 for update of i
            """)
        .param(batch.value())
        .query((row, n) -> new Next(row.getInt(1), new ExecutionId(row.getObject(2, UUID.class))))
        .optional();
  }

  private void complete(BatchId batch) {
    jdbc.sql(
            "update batch set state = 'COMPLETED', ended_at = now() where id = ? and ended_at is"
                + " null and not exists (select from batch_item where batch_id = batch.id and"
                + " status = 'PENDING')")
        .param(batch.value())
        .update();
  }

  private void giveUp(BatchId batch, int number) {
    transaction.executeWithoutResult(status ->
        settle(
            batch,
            number,
            new Item.Result.Failed("INTERNAL", "unexpected; the service's log has more")));
  }

  private Turn settle(BatchId batch, int number, Item.Result result) {
    switch (result) {
      case Item.Result.Done(ExecutionId made) ->
          settle(
              batch, number, Item.Status.SUCCEEDED, made == null ? null : made.value(), null, null);
      case Item.Result.Skipped(String code, String detail) ->
          settle(batch, number, Item.Status.SKIPPED, null, code, detail);
      case Item.Result.Failed(String code, String detail) ->
          settle(batch, number, Item.Status.FAILED, null, code, detail);
      case Item.Result.Later(String code, String detail, Duration pause) -> {
        settle(batch, number, Item.Status.PENDING, null, code, detail);
        return new Turn.Later(pause);
      }
    }
    return new Turn.Taken();
  }

  private void settle(
      BatchId batch,
      int number,
      Item.Status status,
      @Nullable UUID made,
      @Nullable String code,
      @Nullable String detail) {
    jdbc.sql(
            """
            with i as (
              update batch_item set status = :status, made = cast(:made as uuid), code = :code,
                detail = :detail, at = now()
              where batch_id = :batch and number = :number and status = 'PENDING'
              returning batch_id)
            update batch b set started_at = coalesce(started_at, now()),
              state = case when state = 'RECEIVED' then 'RUNNING' else state end,
              succeeded = succeeded + case :status when 'SUCCEEDED' then 1 else 0 end,
              failed = failed + case :status when 'FAILED' then 1 else 0 end,
              skipped = skipped + case :status when 'SKIPPED' then 1 else 0 end
            from i where b.id = i.batch_id
            """)
        .param("status", status.name())
        .param("made", made)
        .param("code", code)
        .param("detail", detail)
        .param("batch", batch.value())
        .param("number", number)
        .update();
  }

  /** A batch that has not ended. */
  public record Going(BatchId id, Project project, String name) {}

  /**
   * Takes at most so many that have not ended and are to be looked at; they come again after it.
   */
  public List<Going> take(int limit, Duration again) {
    return jdbc.sql(
            """
            update batch b set look_at = now() + make_interval(secs => ?)
            from (select id from batch where ended_at is null and look_at <= now()
                  order by look_at limit ? for update skip locked) d
            where b.id = d.id
            returning b.id, b.project, b.name
            """)
        .params(again.toSeconds(), limit)
        .query((row, n) ->
            new Going(
                new BatchId(row.getObject(1, UUID.class)),
                new Project(row.getString(2)),
                row.getString(3)))
        .list();
  }

  /** Has it looked at again after the pause. */
  public void lookAgain(BatchId id, Duration pause) {
    jdbc.sql("update batch set look_at = now() + make_interval(secs => ?) where id = ?")
        .params(pause.toMillis() / 1000.0, id.value())
        .update();
  }
}
