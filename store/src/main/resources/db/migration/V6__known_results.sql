-- Results that may be given again instead of doing the work anew.

alter table execution
  add column cache_use text not null default 'USE', -- what its start said: USE, REFRESH, BYPASS
  add column cache_key bytea,                       -- under which its result will be kept; SHA-256 of what the result depends on
  add column cache_ttl interval,                    -- for how long
  add column cached    json;                        -- whose result it was given: {from, at}

create table known_result (
  project      text        not null references project,
  task_id      uuid        not null,
  task_version integer     not null,
  key          bytea       not null,
  execution_id uuid        not null references execution on delete cascade,
  at           timestamptz not null, -- when the work was done
  expires_at   timestamptz not null,
  primary key (project, task_id, task_version, key)
);

create index known_result_expires on known_result (expires_at);
create index known_result_of on known_result (execution_id);

-- Whatever completes an execution, its result is kept in the same commit. The last one that was done counts.
create function keep_result() returns trigger language plpgsql as $$
begin
  insert into known_result (project, task_id, task_version, key, execution_id, at, expires_at)
  values (new.project, new.task_id, new.task_version, new.cache_key, new.id, new.ended_at,
    new.ended_at + new.cache_ttl)
  on conflict (project, task_id, task_version, key) do update
  set execution_id = excluded.execution_id, at = excluded.at, expires_at = excluded.expires_at;
  return null;
end $$;

create trigger execution_result_is_kept after update of status on execution
  for each row
  when (new.status = 'COMPLETED' and old.status <> 'COMPLETED' and new.cache_key is not null)
  execute function keep_result();
