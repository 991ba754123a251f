-- What operators do to executions under way.

alter table execution
  add column pause json,                                   -- who holds it, why, since when, and what it was: {by, reason, at, from}
  add column held  interval not null default interval '0', -- for how long it was held: its clocks stood still
  add column skip  json;                                   -- who gave the output in place of the work, and why: {by, reason}
