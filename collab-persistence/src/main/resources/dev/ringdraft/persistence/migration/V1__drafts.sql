-- One history: the name that revisions count in. Whoever restores a backup over a newer history
-- gives it a new name: update history set epoch = gen_random_uuid()::text;
create table history (
  only_row boolean primary key default true check (only_row),
  epoch text not null
);

insert into history (epoch) values (gen_random_uuid()::text);

-- The head row: all that rules and summaries read. It is updated by each commit and has no index
-- but its key, so with room left in its page an update touches no index (HOT).
create table draft (
  draft_id text collate "C" primary key,
  revision bigint not null check (revision > 0),
  creator_id text collate "C" not null,
  title text not null,
  platform text,
  status text not null,
  holder_id text collate "C" not null,
  term bigint not null check (term > 0),
  holders_history text[] not null,
  passed_at timestamptz not null,
  collaborators jsonb not null,
  segment_count integer not null check (segment_count >= 0),
  created_at timestamptz not null,
  updated_at timestamptz not null
) with (fillfactor = 70);

comment on column draft.holders_history is 'the last 50 holders, oldest first';
comment on column draft.collaborators is '[{user_id, role, joined_at}], as they joined';

-- Who sees which drafts: for listing alone, no rule reads it.
create table draft_member (
  user_id text collate "C" not null,
  draft_id text collate "C" not null,
  primary key (user_id, draft_id)
);

-- The facts. Written once, in the statement that moves the head row on, and never changed. The
-- events of one command are its receipt.
create table draft_event (
  draft_id text collate "C" not null,
  revision bigint not null check (revision > 0),
  type text not null,
  actor_id text collate "C" not null,
  accepted_at timestamptz not null,
  command_actor_id text collate "C" not null,
  command_id text collate "C" not null,
  command_part smallint not null,
  fingerprint text not null,
  data jsonb not null,
  primary key (draft_id, revision),
  constraint draft_event_receipt unique (draft_id, command_actor_id, command_id, command_part)
);

comment on column draft_event.command_part is 'which of its command''s events it is, from 0';

-- Segments are their events; this shows them as a table.
create view segment as
select
  draft_id,
  (data ->> 'position')::integer as position,
  data ->> 'segment_id' as segment_id,
  data ->> 'author_user_id' as author_user_id,
  data ->> 'content' as content,
  accepted_at as created_at,
  revision
from draft_event
where type = 'collab.segment_added';
