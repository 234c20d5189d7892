-- Which format an event's type and data have. Rows of before are version 1.
-- A lock that others hold for long fails the start instead of stopping every reader behind it.
set local lock_timeout = '30s';

alter table draft_event add column version smallint not null default 1;

comment on column draft_event.version is 'format of type and data: 1 until V4, 2 since';

create or replace view segment as
select
  draft_id,
  (data ->> 'position')::integer as position,
  data ->> 'segment_id' as segment_id,
  actor_id collate "default" as author_user_id,
  data ->> 'content' as content,
  accepted_at as created_at,
  revision
from draft_event
where type in ('segment_added', 'collab.segment_added');
