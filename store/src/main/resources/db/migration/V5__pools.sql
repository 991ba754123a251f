-- Executors that live, as they say of themselves every few seconds. Pools are what they name: a pool
-- without a row here has no capacity, and its executions wait in their table.
create table executor_worker (
  project    text        not null references project, -- of the key that it shows
  id         text        not null,
  pool       text        not null,
  host       text        not null,
  version    text        not null,
  slots      integer     not null,
  used       integer     not null,
  draining   boolean     not null,
  runtimes   jsonb       not null,
  back_ends  jsonb       not null,
  started_at timestamptz not null,
  seen_at    timestamptz not null default now(),
  primary key (project, id)
) with (fillfactor = 50);
