-- Most callers wait for the end alone. Waking them by each commit on the way there made as many
-- notifications and looks at the row as the execution has commits.

alter table execution add column awaited_until timestamptz; -- somebody wants to be woken by its end until then

create or replace function wake_watchers() returns trigger language plpgsql as $$
begin
  perform pg_notify('execution', new.id::text);
  return null;
end $$;

create or replace trigger execution_wakes_watchers after update of seq on execution
  for each row
  when (new.watched_until > now() or (new.ended_at is not null and new.awaited_until > now()))
  execute function wake_watchers();
