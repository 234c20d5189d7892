import type { DraftEvent } from '@ringdraft/client';
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
    case 'collab.draft_updated':
      return updateText(who, event.data);
    case 'collab.ring_passed':
    case 'collab.draft_created':
    case 'unknown':
      return '';
  }
}

function updateText(who: string, change: { readonly title?: string; readonly status?: string }): string {
  const parts: string[] = [];
  if (change.title !== undefined) parts.push(`renamed the draft to ${change.title}`);
  if (change.status === 'locked') parts.push('locked the draft');
  if (change.status === 'active') parts.push('reopened the draft');
  if (change.status === 'completed') parts.push('completed the draft');
  return parts.length === 0 ? '' : `${who} ${parts.join(' and ')}.`;
}
