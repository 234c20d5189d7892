-- 64 drafts without events, one a client, in a database that Ringdraft has set up: for append.sql.
truncate draft, draft_event;
insert into draft (
  draft_id, revision, creator_id, title, status, holder_id, term, holders_history, passed_at,
  collaborators, segment_count, created_at, updated_at)
select
  n, 1, 'ana', 'Title', 'active', 'ana', 1, '{ana}', now(), '[]', 0, now(), now()
from generate_series(0, 63) n;
