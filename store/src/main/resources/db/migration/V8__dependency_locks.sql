-- What the packages of a task version are, by their hashes: found out once for each kind of interpreter,
-- used by every later execution, never changed.

create table dependency_lock (
  task_id    uuid        not null,
  version    integer     not null,
  platform   text        not null,
  wanted     bytea       not null, -- SHA-256 of the list that the author wrote
  lock       text        not null, -- JSON, as the executor that was first found it
  created_at timestamptz not null default now(),
  primary key (task_id, version, platform),
  foreign key (task_id, version) references task_version
);
