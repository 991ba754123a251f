-- Executions that only say what they would do. They go the way of all others, and count nowhere.

alter table execution
  add column dry   json, -- what is done in the place of the work: {does, …}; null for what is real
  add column would json; -- what a real one would have done, once admission has said it

create index execution_dry on execution (project, id) where dry is not null;
create index execution_dry_ended on execution (ended_at) where dry is not null;

-- Definitions that were checked and not saved. To their executions the id stands for a task, in version 0.
create table checked_definition (
  task_id    uuid        primary key,
  project    text        not null references project,
  definition text        not null, -- JSON, as its author wrote it
  created_at timestamptz not null default now(),
  created_by text        not null
);

create index checked_definition_age on checked_definition (created_at);

-- Such a definition may use packages too, and is no version of a task.
alter table dependency_lock drop constraint dependency_lock_task_id_version_fkey;
