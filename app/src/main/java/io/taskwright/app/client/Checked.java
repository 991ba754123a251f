package io.taskwright.app.client;

import io.taskwright.client.CheckReport;

/** What came of checking one definition. */
sealed interface Checked {
  /** What was checked, as it was named. */
  String subject();

  /** Its tests were run. */
  record Ran(String subject, CheckReport report) implements Checked {}

  /** It is wrong itself; the message says where. */
  record Refused(String subject, String message) implements Checked {}
}
