package io.taskwright.store.execution;

import io.taskwright.model.Project;
import io.taskwright.store.execution.NewExecution.StartKey;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What was answered to starts of many at once, so that asking again with the same key changes
 * nothing.
 */
@Repository
public class StartBatches {
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  StartBatches(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** What comes of a key. */
  public sealed interface Answer {
    /** This is answered, now as before. */
    record Given(String json) implements Answer {}

    /** The key was used before, with another body. */
    record Conflict() implements Answer {}
  }

  /** The answer that was given under the key. */
  public Optional<Answer> earlier(Project project, StartKey key) {
    return jdbc.sql("select fingerprint, answer from start_batch where project = ? and key = ?")
        .params(project.name(), key.key())
        .query((row, n) ->
            Arrays.equals(row.getBytes(1), key.fingerprint())
                ? new Answer.Given(row.getString(2))
                : (Answer) new Answer.Conflict())
        .optional();
  }

  /** Does it and keeps its answer in one commit, unless somebody did it under the key before. */
  public Answer once(Project project, StartKey key, Supplier<String> doing) {
    return Objects.requireNonNull(
        transaction.execute(status -> {
          if (!takes(project, key)) {
            return earlier(project, key).orElseThrow();
          }
          String answer = doing.get();
          jdbc.sql("update start_batch set answer = ? where project = ? and key = ?")
              .params(answer, project.name(), key.key())
              .update();
          return new Answer.Given(answer);
        }));
  }

  /** Takes the key; waits for whoever is just taking it. */
  private boolean takes(Project project, StartKey key) {
    return jdbc.sql(
                "insert into start_batch (project, key, fingerprint, answer) values (?, ?, ?, '')"
                    + " on conflict do nothing")
            .params(project.name(), key.key(), key.fingerprint())
            .update()
        > 0;
  }
}
