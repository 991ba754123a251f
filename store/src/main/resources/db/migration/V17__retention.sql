-- Logs and files may have times of their own, and bundles that nothing names go.
alter table retention add column logs bigint;      -- seconds after the end; null for as long as the execution
alter table retention add column artifacts bigint; -- seconds after the end; null for as long as the service keeps files

alter table purge alter column keep drop not null; -- null for ever
alter table purge add column keep_logs bigint;
alter table purge add column keep_artifacts bigint;
alter table purge add column logs bigint not null default 0;
alter table purge add column bundles bigint not null default 0;

-- Since then the execution's log is gone, before the execution is.
alter table execution add column logs_removed_at timestamptz;

create index execution_with_log on execution (project, ended_at)
  where ended_at is not null and logs_removed_at is null;

-- Whose a file is, to find those of one project by the age of their executions.
alter table artifact add column project text references project;
update artifact a set project = e.project from execution e where e.id = a.execution_id;
alter table artifact alter column project set not null;
create index artifact_of_project on artifact (project, execution_id) where removed_at is null;

-- A bundle that somebody is about to name is touched first. What is removed stays as a row until its
-- bytes are gone too.
alter table bundle add column touched_at timestamptz not null default now();
alter table bundle add column removed_at timestamptz;

create index bundle_untouched on bundle (project, touched_at) where removed_at is null;
create index bundle_of_bytes on bundle (digest);
create index bundle_removed on bundle (removed_at) where removed_at is not null;

-- The digest of the bundle that a definition names. A draft may hold anything there.
create function bundle_of(definition text) returns text language plpgsql immutable as $$
begin
  return left(definition::json #>> '{automated,bundle,digest}', 100);
exception when others then
  return null;
end $$;

create index task_version_bundle on task_version (bundle_of(definition))
  where bundle_of(definition) is not null;
create index task_draft_bundle on task_draft (bundle_of(definition))
  where bundle_of(definition) is not null;
