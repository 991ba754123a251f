-- How many executions of a task may be under way at once, and how many may begin in a time, each for
-- itself by a key of the input; and what a project may have in all.

alter table execution
  add column place         uuid,        -- which limit it takes a place of: a hash of task and key
  add column place_most    integer,     -- how many places its version says there are
  add column place_key     text,        -- as people see it; null for one limit for the whole task
  add column placed        boolean not null default false, -- it has its place, until it ends
  add column pace          uuid,        -- which rate it begins at: a hash of task and key
  add column pace_most     integer,
  add column pace_per      interval,
  add column pace_key      text,
  add column paced         boolean not null default false, -- the rate has let it through
  add column on_limit      text,        -- what becomes of it if there is no place
  add column limited_by    text,        -- what it waits for: CONCURRENCY, RATE; null once through
  add column tenant        text not null default '', -- its project, if that had limits when it was accepted
  add column turn          timestamptz not null default now(), -- its place among those of its priority
  add column dispatched_at timestamptz; -- when it was handed to Temporal

update execution set turn = due_at where status = 'RECEIVED';

-- All that may be claimed, in order. What waits for a limit is not in it.
drop index execution_waiting;
create index execution_waiting on execution (pool, tenant, priority, turn, id)
  where status = 'RECEIVED' and due and limited_by is null;

-- Who waits for a limit, in order; and who counts for it. None has an entry for what has no limits.
create index execution_for_place on execution (place, priority, turn, id)
  where status = 'RECEIVED' and due and limited_by = 'CONCURRENCY';
create index execution_for_pace on execution (pace, priority, turn, id)
  where status = 'RECEIVED' and due and limited_by = 'RATE';
create index execution_placed on execution (place) where placed and ended_at is null;
create index execution_begun on execution (pace, dispatched_at)
  where pace is not null and dispatched_at is not null;
create index execution_paced on execution (pace)
  where paced and dispatched_at is null and ended_at is null;
create index execution_in_flight on execution (tenant)
  where tenant <> '' and dispatched_at is not null and ended_at is null;

-- Limits to look at: somebody came, or a place was freed, or the time is up. Rows are only added
-- and taken, so that nobody waits for anybody.
create table limit_check (
  id     bigint generated always as identity primary key,
  kind   text        not null, -- CONCURRENCY, RATE
  gate   uuid        not null,
  due_at timestamptz not null default now()
);

create index limit_check_due on limit_check (due_at);
create index limit_check_gate on limit_check (gate);

create function look_at_limit() returns trigger language plpgsql as $$
begin
  insert into limit_check (kind, gate)
  values (new.limited_by, case new.limited_by when 'RATE' then new.pace else new.place end);
  perform pg_notify('limits', '');
  return null;
end $$;

create trigger execution_meets_limit after insert on execution
  for each row
  when (new.limited_by is not null and new.due and new.status = 'RECEIVED')
  execute function look_at_limit();

create trigger execution_comes_to_limit after update of status, due, limited_by on execution
  for each row
  when (new.limited_by is not null and new.due and new.status = 'RECEIVED'
    and (old.limited_by is distinct from new.limited_by or not old.due or old.status <> 'RECEIVED'))
  execute function look_at_limit();

-- However an execution ends, its place is free in the same commit: places are counted, not booked.
-- This only has somebody look who comes next.
create function free_place() returns trigger language plpgsql as $$
begin
  insert into limit_check (kind, gate) values ('CONCURRENCY', new.place);
  perform pg_notify('limits', '');
  return null;
end $$;

create trigger execution_frees_place after update of status on execution
  for each row
  when (new.placed and new.ended_at is not null and old.ended_at is null)
  execute function free_place();

-- What a project may have. A row is made with the first limit and stays.
create table project_limit (
  project           text        primary key references project,
  in_flight         integer,    -- dispatched and not ended
  quota             integer,    -- accepted and not ended
  starts_per_minute integer,
  unended           bigint      not null, -- accepted since it has limits, and not ended
  next_start        timestamptz not null, -- when the last start would have come, had all come evenly
  updated_at        timestamptz not null,
  updated_by        text        not null
) with (fillfactor = 50);

create function count_end() returns trigger language plpgsql as $$
begin
  update project_limit
  set unended = unended + case when new.ended_at is null then 1 else -1 end
  where project = new.tenant;
  return null;
end $$;

-- A damaged row may say that it has ended, and be repaired.
create trigger execution_leaves_project after update of status on execution
  for each row
  when (new.tenant <> '' and (new.ended_at is null) <> (old.ended_at is null))
  execute function count_end();
