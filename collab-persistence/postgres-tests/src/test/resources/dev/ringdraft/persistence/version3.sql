-- A draft as the program stored it with schema version 3: every type of event, and the head row.
insert into draft values (
  'old-draft', 9, 'ana', 'Other', 'instagram', 'active', 'ana', 3, '{ana,ben,ana}',
  '2026-11-25T12:00:00.123Z',
  '[{"user_id": "vera", "role": "viewer", "joined_at": "2026-11-25T12:00:00.123Z"}]',
  1, '2026-11-25T12:00:00.123Z', '2026-11-25T12:00:00.123Z');

insert into draft_member values ('ana', 'old-draft'), ('vera', 'old-draft');

insert into draft_event (
  draft_id, revision, type, actor_id, accepted_at,
  command_actor_id, command_id, command_part, fingerprint, data)
select
  'old-draft', revision, 'collab.' || type, actor, '2026-11-25T12:00:00.123Z',
  command_actor, command, part, 'fingerprint', data::jsonb
from (values
  (1, 'draft_created', 'ana', 'ana', '', 0,
   '{"title":"Title","platform":"instagram","creator_id":"ana","created_at":"2026-11-25T12:00:00.123Z"}'),
  (2, 'segment_added', 'ana', 'ana', '', 1,
   '{"segment_id":"019ab8f5-6a3b-7c4e-9d00-2f6b1c8e4a57","content":"Once \"upon\"\na time, Ünïcödé 🦑","author_user_id":"ana","position":0,"created_at":"2026-11-25T12:00:00.123Z"}'),
  (3, 'collaborator_added', 'ana', 'ana', 'add-ben', 0,
   '{"collaborator_id":"ben","role":"contributor","joined_at":"2026-11-25T12:00:00.123Z"}'),
  (4, 'collaborator_added', 'ana', 'ana', 'add-vera', 0,
   '{"collaborator_id":"vera","role":"viewer","joined_at":"2026-11-25T12:00:00.123Z"}'),
  (5, 'ring_passed', 'ana', 'ana', 'pass', 0,
   '{"from_user_id":"ana","to_user_id":"ben","term":2,"reason":"passed"}'),
  (6, 'ring_passed', 'ben', 'ben', 'leave', 0,
   '{"from_user_id":"ben","to_user_id":"ana","term":3,"reason":"returned"}'),
  (7, 'collaborator_removed', 'ben', 'ben', 'leave', 1,
   '{"collaborator_id":"ben"}'),
  (8, 'draft_updated', 'ana', 'ana', 'update', 0,
   '{"title":"Other","status":"locked"}'),
  (9, 'draft_updated', 'ana', 'ana', 'unlock', 0,
   '{"status":"active"}')
) as old (revision, type, actor, command_actor, command, part, data);
