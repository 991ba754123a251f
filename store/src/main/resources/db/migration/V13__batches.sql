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

-- One operation on many executions. They are fixed when it is made; a workflow goes through them.
create table batch (
  id           uuid primary key,
  project      text        not null references project,
  name         text        not null,
  operation    text        not null,
  parameters   json        not null,
  filter       json,                   -- what chose the executions; null if they were named
  rate         double precision not null, -- executions per second; 0 for as fast as it can
  jitter       interval    not null,
  state        text        not null,
  total        integer     not null default 0,
  succeeded    integer     not null default 0,
  failed       integer     not null default 0,
  skipped      integer     not null default 0,
  created_by   text        not null,
  created_at   timestamptz not null default now(),
  started_at   timestamptz,
  ended_at     timestamptz,
  aborted_by   text,
  abort_reason text,
  look_at      timestamptz not null default now(), -- when somebody sees to it that its workflow runs
  key          text,
  fingerprint  bytea
);

create unique index batch_key on batch (project, key) where key is not null;
create index batch_by_project on batch (project, id);
create index batch_going on batch (look_at) where ended_at is null;

create table batch_item (
  batch_id     uuid    not null references batch on delete cascade,
  number       integer not null,
  execution_id uuid    not null,
  status       text    not null default 'PENDING',
  made         uuid,                   -- the execution that was made of it
  code         text,
  detail       text,
  at           timestamptz,
  primary key (batch_id, number)
);

create index batch_item_pending on batch_item (batch_id, number) where status = 'PENDING';
