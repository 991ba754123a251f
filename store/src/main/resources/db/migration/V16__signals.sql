-- What others tell executions while they go on. An execution may have to be told something before it begins.

alter table execution
  add column awaits jsonb; -- the signals that must come before it is due, each with how many seconds it may take: {name: seconds}; null for none

-- What becomes due by time alone; who waits for a signal becomes due by its coming, and is looked at by nobody until then.
drop index execution_not_due;
create index execution_not_due on execution (due_at)
  where status = 'RECEIVED' and not due and awaits is null;

create table execution_signal (
  execution_id uuid        not null references execution,
  number       integer     not null, -- from 1, in the order in which they came
  name         text        not null,
  payload      json        not null,
  at           timestamptz not null, -- by the clock, while the execution's row was locked
  sent_by      text        not null,
  status       text        not null, -- the execution's, when it came: what was answered
  key          text,                 -- under which sending it again changes nothing
  fingerprint  bytea,
  primary key (execution_id, number)
);

create unique index execution_signal_key on execution_signal (execution_id, key)
  where key is not null;
