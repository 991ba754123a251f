-- Starts of many at once, under a key of their caller: what was answered once is answered again.
create table start_batch (
  project     text        not null references project,
  key         text        not null,
  fingerprint bytea       not null,
  answer      text        not null, -- JSON; written in the commit that stores the executions
  created_at  timestamptz not null default now(),
  primary key (project, key)
);

-- Of many starts in one commit the keys are taken first: only those that are ours are stored.
alter table start_key alter constraint start_key_execution_id_fkey deferrable;
