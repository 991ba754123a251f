-- Executions that check others. One is made for a check, goes its own way, and its end is told to the one that it checks.

-- Which version of a task checks a version of another one; fixed when that one was published.
create table check_pin (
  task_id       uuid     not null,
  number        integer  not null,
  position      smallint not null, -- of the check in the definition, from 0
  check_task    uuid     not null,
  check_version integer  not null,
  primary key (task_id, number, position),
  foreign key (task_id, number) references task_version (task_id, number),
  foreign key (check_task, check_version) references task_version (task_id, number)
);

alter table execution
  add column parent   uuid, -- the execution that it checks; null for all others
  add column checking uuid; -- the execution that checks it now

create table execution_check (
  parent   uuid        not null references execution,
  position smallint    not null, -- of the check in the definition, from 0
  child    uuid        not null references execution,
  began_at timestamptz not null,
  until    timestamptz not null, -- the check has failed unless the child has ended by then
  passed   boolean,              -- null until that is decided
  found    text,                 -- what decided it, for a person
  primary key (parent, position)
);

create unique index execution_check_child on execution_check (child);

-- However an execution ends, in the same commit: who waits for it is told, and what checks it is called off.
-- A letter names the one that has ended, so that no other row is looked at while this one is locked.
create function check_ends() returns trigger language plpgsql as $$
begin
  if new.parent is not null then
    insert into outbox (kind, execution_id) values ('CHECK_ENDED', new.id);
  end if;
  if new.checking is not null then
    insert into outbox (kind, execution_id) values ('CALL_OFF', new.id);
  end if;
  perform pg_notify('outbox', '');
  return null;
end $$;

create trigger execution_ends_check after update of status on execution
  for each row
  when (new.ended_at is not null and old.ended_at is null
    and (new.parent is not null or new.checking is not null))
  execute function check_ends();
