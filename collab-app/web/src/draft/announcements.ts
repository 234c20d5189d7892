import type { CollaboratorUpdatedEvent, DraftEvent, DraftUpdatedEvent } from '@ringdraft/client';
import { atName } from '../messages/names';
import { words } from '../messages/words';

const { events } = words;

/** The announcement of an event for a screen reader; empty for the reader's own events and those shown elsewhere. */
export function announcement(event: DraftEvent, readerId: string): string {
  if (event.user_id === readerId) return '';
  const who = atName(event.user_id);
  switch (event.type) {
    case 'collab.segment_added':
      return events.added(who, event.data.content);
    case 'collab.collaborator_added':
      return events.addedMember(who, atName(event.data.collaborator_id), words.members[event.data.role]);
    case 'collab.collaborator_removed':
      return event.data.collaborator_id === event.user_id
        ? events.left(who)
        : events.removed(who, atName(event.data.collaborator_id));
    case 'collab.collaborator_updated':
      return memberText(event, readerId);
    case 'collab.ring_requested':
      return words.requests.asksForTheRing(who);
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
  const who = data.collaborator_id === readerId ? null : atName(data.collaborator_id);
  const parts: string[] = [];
  if (data.role !== undefined) parts.push(events.nowA(words.members[data.role]));
  if (data.away !== undefined) parts.push(data.away ? events.away : events.back);
  return parts.length === 0 ? '' : events.memberIs(who, parts);
}

function updateText(who: string, change: DraftUpdatedEvent['data']): string {
  const parts: string[] = [];
  if (change.title !== undefined) parts.push(events.renamed(change.title));
  if (change.status === 'locked') parts.push(events.locked);
  if (change.status === 'active') parts.push(events.reopened);
  if (change.status === 'completed') parts.push(events.completed);
  if (change.turn_policy !== undefined) parts.push(events.changedRules);
  return parts.length === 0 ? '' : events.did(who, parts);
}

/** How many events are said one by one. */
const mostInFull = 3;

/** What is said of events that came together: each, or for many segments their number and the last. */
export function announcementOfMany(all: readonly DraftEvent[], readerId: string): string {
  const others = all.filter((event) => event.user_id !== readerId);
  const added = others.filter((event) => event.type === 'collab.segment_added');
  const last = added.at(-1);
  if (added.length <= mostInFull || last === undefined) {
    return joined(others.map((event) => announcement(event, readerId)));
  }
  const rest = others.filter((event) => event.type !== 'collab.segment_added');
  return joined([
    events.addedMany(added.length, atName(last.user_id), last.data.content),
    ...rest.map((event) => announcement(event, readerId)),
  ]);
}

function joined(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(' ');
}
