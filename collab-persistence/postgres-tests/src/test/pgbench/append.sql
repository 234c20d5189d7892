-- The append of one segment of 280 code points, as the server sends it; each client has its own
-- draft. Needs -D revision=1.
\set next :revision + 1
with head as (
  update draft
  set revision = :next, segment_count = :revision, updated_at = '2026-11-25T12:00:00.123Z'
  where draft_id = :client_id and revision = :revision
  returning draft_id, revision, updated_at)
insert into draft_event (
  draft_id, revision, version, type, actor_id, accepted_at,
  command_actor_id, command_id, command_part, fingerprint, data)
select draft_id, revision, 3, 'segment_added', 'ana', updated_at, 'ana', :next, 0, '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9', cast('{"segment_id":"019ab8f5-6a3b-7c4e-9d00-2f6b1c8e4a57","content":"So they wrote on, by turns. So they wrote on, by turns. So they wrote on, by turns. So they wrote on, by turns. So they wrote on, by turns. So they wrote on, by turns. So they wrote on, by turns. So they wrote on, by turns. So they wrote on, by turns. So they wrote on, by turns. ","position":1}' as jsonb)
from head;
\set revision :next
