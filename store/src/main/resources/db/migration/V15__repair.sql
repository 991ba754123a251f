-- Executions under way that the reconciler compares, whatever a damaged row says of itself; and what happened to one,
-- without the many lines that its program says.

create index execution_under_way on execution (id)
  where ended_at is null and (status <> 'RECEIVED' or route is not null);

create index event_timeline on event (execution_id, seq) where type not in ('log', 'progress');
