-- Tenancy and access -----------------------------------------------------------------------------

create table project (
  name       text primary key,
  created_at timestamptz not null default now()
);

insert into project (name) values ('default');

create table api_key (
  id         uuid primary key,
  project    text        not null references project,
  name       text        not null,
  role       text        not null,
  hash       bytea       not null unique, -- SHA-256 of the secret; the secret itself is kept nowhere
  created_at timestamptz not null default now(),
  created_by text        not null,
  revoked_at timestamptz
);

create unique index api_key_name on api_key (project, name) where revoked_at is null;

-- What is done once in the life of an installation, and never again whatever happens.
create table latch (
  name text primary key,
  at   timestamptz not null default now()
);

-- Catalogue --------------------------------------------------------------------------------------

create table task (
  id         uuid primary key,
  project    text        not null references project,
  name       text        not null,
  name_key   text        not null, -- the name after NFC, ignoring case: what must be unique
  latest     integer     not null,
  created_at timestamptz not null,
  created_by text        not null,
  unique (project, name_key)
);

create table task_version (
  task_id    uuid        not null references task,
  number     integer     not null,
  definition text        not null, -- JSON, as its author wrote it
  created_at timestamptz not null,
  created_by text        not null,
  primary key (task_id, number)
);

create table bundle (
  project    text        not null references project,
  digest     text        not null,
  size       bigint      not null,
  created_at timestamptz not null default now(),
  created_by text        not null,
  primary key (project, digest)
);

-- Executions -------------------------------------------------------------------------------------

create table execution (
  id            uuid primary key,
  project       text        not null references project,
  task_id       uuid        not null,
  task_name     text        not null,
  task_version  integer     not null,
  status        text        not null,
  seq           bigint      not null, -- the number of its newest event
  priority      smallint    not null,
  pool          text        not null,
  input         json        not null,
  output        json,
  failure       json,
  labels        jsonb       not null,
  origin        json        not null,
  accepted_at   timestamptz not null,
  due_at        timestamptz not null, -- not dispatched before
  due           boolean     not null, -- whether due_at has passed, as the upkeep saw it
  start_by      timestamptz not null, -- fails if its work has not begun by then
  claimed_until timestamptz,          -- a dispatcher works on it until then
  checked_at    timestamptz,          -- when the reconciler last compared it with Temporal
  route         json,
  grant_hash    bytea,                -- SHA-256 of what an executor must show to open an attempt
  started_at    timestamptz,
  ended_at      timestamptz,
  progress      json,
  cancel        json,                 -- who asked for its end, and why
  waiting_for   text,
  waiting_since timestamptz,
  watched_until timestamptz           -- somebody wants to be woken by its commits until then
) with (fillfactor = 70);

create index execution_waiting on execution (pool, priority, id) where status = 'RECEIVED' and due;
create index execution_not_due on execution (due_at) where status = 'RECEIVED' and not due;
create index execution_late on execution (start_by) where status = 'RECEIVED';
create index execution_active on execution (pool, id) where status in ('PREPARING', 'RUNNING');
create index execution_by_project on execution (project, id);
create index execution_by_task on execution (task_id, id);
create index execution_by_label on execution using gin (labels) where labels <> '{}';

create table start_key (
  project      text  not null,
  task_id      uuid  not null,
  key          text  not null,
  fingerprint  bytea not null,
  execution_id uuid  not null references execution,
  primary key (project, task_id, key)
);

create table attempt (
  execution_id uuid        not null references execution,
  number       integer     not null,
  worker       text        not null,
  token_hash   bytea       not null, -- SHA-256 of what its executor shows with each report
  environment  text,
  started_at   timestamptz not null,
  ended_at     timestamptz,
  reported     bigint      not null default 0, -- the newest report taken, so that none counts twice
  output       json,
  failure      json,
  usage        json,
  primary key (execution_id, number)
);

-- What happened, one row a fact, never changed: the timeline, the live stream and the log ------------

create table event (
  execution_id uuid        not null,
  seq          bigint      not null,
  at           timestamptz not null,
  project      text        not null,
  task_id      uuid        not null,
  type         text        not null,
  level        text,
  source       text,
  message      text,
  data         json,
  primary key (execution_id, seq, at)
) partition by range (at);

create table event_other partition of event default;

create index event_log on event (project, at, execution_id, seq) where type = 'log';

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows are never changed', tg_table_name;
end $$;

create trigger event_is_append_only before update or delete on event
  for each row execute function refuse_change();

-- One partition a day, so that old days are dropped and not searched. A day whose events already lie
-- in event_other stays there: events are never moved.
create function ensure_event_partition(day date) returns void language plpgsql as $$
declare
  name text := 'event_' || to_char(day, 'YYYYMMDD');
  first timestamptz := day::timestamp at time zone 'UTC';
  after timestamptz := (day + 1)::timestamp at time zone 'UTC';
begin
  perform pg_advisory_xact_lock(hashtext('ensure_event_partition'));
  if to_regclass(name) is null
      and not exists (select from event_other where at >= first and at < after) then
    execute format(
      'create table %I partition of event for values from (%L) to (%L)', name, first, after);
  end if;
end $$;

-- Whoever waits for an execution or watches it is woken by the commit. Unwatched ones cost nothing.
create function wake_watchers() returns trigger language plpgsql as $$
begin
  if new.watched_until > now() then
    perform pg_notify('execution', new.id::text);
  end if;
  return null;
end $$;

create trigger execution_wakes_watchers after update of seq on execution
  for each row execute function wake_watchers();

-- What must reach Temporal, even if it is down now --------------------------------------------------

create table outbox (
  id           bigint generated always as identity primary key,
  kind         text        not null,
  execution_id uuid        not null references execution,
  created_at   timestamptz not null default now(),
  due_at       timestamptz not null default now(),
  tries        integer     not null default 0
);

create index outbox_due on outbox (due_at);
