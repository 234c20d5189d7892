import type { CollaboratorUpdatedEvent, DraftEvent, DraftUpdatedEvent } from '@ringdraft/client';
import { atName } from '../messages/names';

/** The announcement of an event for a screen reader; empty for the reader's own events and those shown elsewhere. */
export function announcement(event: DraftEvent, readerId: string): string {
  if (event.user_id === readerId) return '';
  const who = atName(event.user_id);
  switch (event.type) {
    case 'collab.segment_added':
      return `${who} added: ${event.data.content}`;
    case 'collab.collaborator_added':
      return `${who} added ${atName(event.data.collaborator_id)} as a ${event.data.role}.`;
    case 'collab.collaborator_removed':
      return event.data.collaborator_id === event.user_id
        ? `${who} left the draft.`
        : `${who} removed ${atName(event.data.collaborator_id)}.`;
    case 'collab.collaborator_updated':
      return memberText(event, readerId);
    case 'collab.ring_requested':
      return `${who} asks for the ring.`;
    case 'collab.draft_updated':
      return updateText(who, event.data);
    case 'collab.ring_passed':
    case 'collab.ring_request_removed':
    case 'collab.draft_created':
    case 'unknown':
      return '';
  }
}

function memberText({ data }: CollaboratorUpdatedEvent, readerId: string): string {
  const isReader = data.collaborator_id === readerId;
  const who = isReader ? 'You are' : `${atName(data.collaborator_id)} is`;
  const parts: string[] = [];
  if (data.role !== undefined) parts.push(`now a ${data.role}`);
  if (data.away !== undefined) parts.push(data.away ? 'away' : 'back');
  return parts.length === 0 ? '' : `${who} ${parts.join(' and ')}.`;
}

function updateText(who: string, change: DraftUpdatedEvent['data']): string {
  const parts: string[] = [];
  if (change.title !== undefined) parts.push(`renamed the draft to ${change.title}`);
  if (change.status === 'locked') parts.push('locked the draft');
  if (change.status === 'active') parts.push('reopened the draft');
  if (change.status === 'completed') parts.push('completed the draft');
  if (change.turn_policy !== undefined) parts.push('changed the rules of the turns');
  return parts.length === 0 ? '' : `${who} ${parts.join(' and ')}.`;
}
