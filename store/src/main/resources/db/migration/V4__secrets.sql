-- Secrets: values that only attempts get. Nothing here opens without the master key, which is in a file.

-- What shows a server whether it has the master key that the rest was sealed by.
create table master_key (
  id         text primary key,       -- made of the key by a hash; says nothing about it
  sealed     bytea       not null,   -- a known text
  created_at timestamptz not null default now()
);

create table project_key (
  id         uuid primary key,
  project    text        not null references project,
  master_key text        not null references master_key,
  sealed     bytea       not null,   -- the key, by the master key
  created_at timestamptz not null default now(),
  retired_at timestamptz             -- seals nothing new since then
);

create unique index project_key_current on project_key (project) where retired_at is null;

create table secret (
  project      text        not null references project,
  name         text        not null,
  version      integer     not null, -- never used twice, not even after a deletion
  description  text        not null,
  project_key  uuid references project_key,
  sealed       bytea,                -- the value, by the project's key; null once deleted
  created_at   timestamptz not null,
  created_by   text        not null,
  updated_at   timestamptz not null,
  updated_by   text        not null,
  last_used_at timestamptz,
  deleted_at   timestamptz,
  primary key (project, name),
  check ((deleted_at is null) = (sealed is not null))
);
