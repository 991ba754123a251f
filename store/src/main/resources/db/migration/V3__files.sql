-- Files that go into executions and come out of them. Their bytes lie in the blob store under their
-- hash, once for all projects; who may see them is said here.

-- Bytes that something refers to, or that somebody was about to refer to when they were last touched.
create table blob (
  sha256     text        primary key,
  size       bigint      not null,
  touched_at timestamptz not null default now()
);

create index blob_touched on blob (touched_at);

-- What a project has uploaded to be given to executions.
create table input_file (
  project    text        not null references project,
  sha256     text        not null,
  size       bigint      not null,
  created_at timestamptz not null default now(),
  created_by text        not null,
  expires_at timestamptz not null, -- pushed on by each use
  primary key (project, sha256)
);

create index input_file_blob on input_file (sha256);
create index input_file_expiry on input_file (expires_at);

alter table execution add column files jsonb; -- [{path, sha256, size}] that were given with the start

create index execution_given on execution (project) where files is not null and ended_at is null;

-- What attempts handed in. It counts once its attempt has ended with an output.
create table artifact (
  id           uuid        primary key,
  execution_id uuid        not null references execution,
  attempt      integer     not null,
  path         text        not null,
  media_type   text        not null,
  size         bigint      not null,
  sha256       text        not null,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  settled      boolean     not null default false, -- whether the upkeep has seen how its attempt ended
  removed_at   timestamptz,                        -- since then nothing refers to its bytes
  unique (execution_id, attempt, path)
);

create index artifact_blob on artifact (sha256) where removed_at is null;
create index artifact_expiry on artifact (expires_at) where removed_at is null;
create index artifact_unsettled on artifact (execution_id) where not settled;
