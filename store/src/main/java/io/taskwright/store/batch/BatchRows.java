package io.taskwright.store.batch;

import io.taskwright.model.BatchId;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.batch.Pace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the rows of batches. */
final class BatchRows {
  static final String SELECT = "select *, extract(epoch from jitter) as jitter_seconds from batch";

  private static final double MILLIS = 1e3;

  private BatchRows() {}

  static Batch batch(ResultSet row, int number) throws SQLException {
    return new Batch(
        new BatchId(row.getObject("id", UUID.class)),
        new Project(row.getString("project")),
        row.getString("name"),
        Operations.of(row.getString("operation"), row.getString("parameters")),
        row.getString("filter"),
        new Pace(
            row.getDouble("rate"),
            Duration.ofMillis(Math.round(row.getDouble("jitter_seconds") * MILLIS))),
        Batch.State.valueOf(row.getString("state")),
        new Batch.Counts(
            row.getInt("total"),
            row.getInt("succeeded"),
            row.getInt("failed"),
            row.getInt("skipped")),
        row.getString("created_by"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "started_at"),
        instant(row, "ended_at"),
        row.getString("aborted_by"),
        row.getString("abort_reason"));
  }

  static Item item(ResultSet row, int number) throws SQLException {
    UUID made = row.getObject("made", UUID.class);
    return new Item(
        row.getInt("number"),
        new ExecutionId(row.getObject("execution_id", UUID.class)),
        Item.Status.valueOf(row.getString("status")),
        made == null ? null : new ExecutionId(made),
        row.getString("code"),
        row.getString("detail"),
        instant(row, "at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
