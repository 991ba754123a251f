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

-- How long a project keeps what has ended, where it does not keep it as long as the service does by default.
create table retention (
  project    text primary key references project,
  executions bigint,               -- seconds after the end; null for ever
  updated_at timestamptz not null default now(),
  updated_by text        not null
);

-- What was removed because its time was over: one row for each time that something was.
create table purge (
  id         bigint generated always as identity primary key,
  project    text        not null references project,
  keep       bigint      not null, -- seconds after the end, as it was set then
  set_by     text,                 -- who had set it; null for the default of the service
  begun_at   timestamptz not null default now(),
  ended_at   timestamptz not null default now(),
  executions bigint      not null default 0,
  attempts   bigint      not null default 0,
  events     bigint      not null default 0,
  artifacts  bigint      not null default 0,
  batches    bigint      not null default 0
);

create index purge_by_project on purge (project, id);

-- Removing an execution asks which keys stand for it.
create index start_key_of on start_key (execution_id);
create index start_batch_age on start_batch (created_at);
create index batch_over on batch (project, ended_at) where ended_at is not null;

-- Events are never changed, and removed with their executions only, by who says so in his transaction.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('taskwright.purge', true) = 'on' then
    return old;
  end if;
  raise exception '% rows are never changed', tg_table_name;
end $$;

-- Days whose events are all gone. It gives up at once where somebody writes, and comes again.
create function drop_empty_event_day(last date) returns text language plpgsql as $$
declare
  day text;
  used boolean;
begin
  perform set_config('lock_timeout', '200ms', true);
  for day in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'event'::regclass and c.relname ~ '^event_[0-9]{8}$'
      and to_date(substr(c.relname, 7), 'YYYYMMDD') < last
    order by c.relname
  loop
    execute format('select exists (select from %I)', day) into used;
    if not used then
      execute format('lock table event, %I in access exclusive mode', day);
      execute format('select exists (select from %I)', day) into used;
      if not used then
        execute format('drop table %I', day);
        return day;
      end if;
    end if;
  end loop;
  return null;
end $$;
