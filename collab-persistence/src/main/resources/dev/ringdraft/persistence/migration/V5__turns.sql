-- Turns: the policy, the present turn, the queue of requests and each member's attendance, as the
-- rules read them. Drafts of before get what their events say, under the policy that they have had.
-- A lock that others hold for long fails the start instead of stopping every reader behind it.
set local lock_timeout = '30s';

alter table draft add column turns jsonb, add column times_out_at timestamptz;

with pass as (
  select draft_id, revision, data ->> 'to_user_id' as user_id, (data ->> 'term')::bigint as term
  from draft_event
  where type in ('ring_passed', 'collab.ring_passed')
), held as (
  select draft_id, creator_id as user_id, 1::bigint as term, 1::bigint as revision from draft
  union all
  select draft_id, user_id, term, revision from pass
), joined as (
  select draft_id, data ->> 'collaborator_id' as user_id, max(revision) as revision
  from draft_event
  where type in ('collaborator_added', 'collab.collaborator_added')
  group by 1, 2
), last_held as (
  select h.draft_id, h.user_id, max(h.term) as term
  from held h
  join draft_member m on m.draft_id = h.draft_id and m.user_id = h.user_id
  left join joined j on j.draft_id = h.draft_id and j.user_id = h.user_id
  where j.revision is null or h.revision > j.revision
  group by 1, 2
), attendance as (
  select draft_id, jsonb_object_agg(user_id, jsonb_build_object('last_term', term)) as members
  from last_held
  group by 1
), became as (
  select draft_id, revision, accepted_at, data ->> 'status' as status,
    lag(data ->> 'status', 1, 'active') over (partition by draft_id order by revision) as before
  from draft_event
  where type in ('draft_updated', 'collab.draft_updated') and data ->> 'status' is not null
), resumed as (
  select distinct on (draft_id) draft_id, revision, accepted_at
  from became
  where status = 'active' and before <> 'active'
  order by draft_id, revision desc
), began as (
  select draft_id, max(revision) as revision from held group by 1
), turn as (
  select b.draft_id, b.revision, (
    select count(*) from draft_event e
    where e.draft_id = b.draft_id and e.revision < b.revision
      and e.type in ('segment_added', 'collab.segment_added')) as first_position
  from began b
)
update draft d set turns = jsonb_build_object(
  'policy', jsonb_build_object('order', 'manual', 'away_after_missed', 2),
  'started_at', to_char(
    coalesce(r.accepted_at, d.passed_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'first_position', t.first_position,
  'requests', jsonb_build_array(),
  'members', a.members)
from turn t
join attendance a on a.draft_id = t.draft_id
left join resumed r on r.draft_id = t.draft_id and r.revision > t.revision
where t.draft_id = d.draft_id;

alter table draft alter column turns set not null;

comment on column draft.turns is
  '{policy, started_at, first_position, requests: [{user_id, requested_at}], members: {user_id: {last_term, missed, away}}}';
comment on column draft.times_out_at is
  'when the present turn is to end by itself; null without a limit and while nobody is next';

-- For looking up overdue turns. An append changes no column of it, so its update stays one that
-- touches no index (HOT).
create index draft_times_out on draft (times_out_at) where times_out_at is not null;

-- When a server looked for overdue turns last. After a time without any, turns that are overdue
-- wait until grace_until.
create table turn_watch (
  only_row boolean primary key default true check (only_row),
  looked_at timestamptz not null,
  grace_until timestamptz not null
);

insert into turn_watch (looked_at, grace_until) values (now(), now());
