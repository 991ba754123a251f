-- Drafts, and what is known about each version --------------------------------------------------------

alter table task
  add column archived_at timestamptz,
  add column archived_by text,
  add column drafts integer not null default 0; -- how often a draft was saved, so that no tag comes twice

alter table task_version
  add column note           text not null default '',
  add column origin         text not null default 'PUBLISHED',
  add column origin_version integer, -- which one it is equal to
  add column media_type     text,    -- of its source; null where the source was not kept
  add column file           text,
  add column source_sha256  text,
  add column archived_at    timestamptz,
  add column archived_by    text;

-- Apart from the versions, so that lists do not carry it.
create table task_source (
  task_id uuid    not null,
  number  integer not null,
  bytes   bytea   not null, -- as its author wrote it
  primary key (task_id, number),
  foreign key (task_id, number) references task_version
);

-- A version may only be put away and taken out again.
create trigger task_version_is_immutable
  before delete or update of task_id, number, definition, created_at, created_by, note, origin,
    origin_version, media_type, file, source_sha256 on task_version
  for each row execute function refuse_change();

create trigger task_source_is_immutable before update or delete on task_source
  for each row execute function refuse_change();

create table task_draft (
  task_id    uuid        primary key references task,
  revision   integer     not null, -- task.drafts when it was saved
  based_on   integer     not null, -- the newest version when it was begun
  definition text        not null, -- JSON
  bytes      bytea       not null, -- as its author wrote it
  media_type text        not null,
  file       text        not null,
  created_at timestamptz not null,
  created_by text        not null,
  updated_at timestamptz not null,
  updated_by text        not null
);
