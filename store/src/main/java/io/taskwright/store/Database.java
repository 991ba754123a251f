package io.taskwright.store;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The database as a whole. */
@Component
public class Database {
  private final JdbcClient jdbc;

  Database(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether it answers now. */
  public boolean answers() {
    try {
      return jdbc.sql("select 1").query(Integer.class).single() == 1;
    } catch (DataAccessException e) {
      return false;
    }
  }
}
