import type { DraftSummary, OutboxEntry, PassEntry } from '@ringdraft/client';
import { atName } from '../messages/names';
import { words } from '../messages/words';
import { membersOf } from './membership';

/** Whether one may write now and, if not, why. */
export type Turn =
  | { readonly kind: 'mine' }
  | { readonly kind: 'passing'; readonly reason: string }
  | { readonly kind: 'waiting'; readonly reason: string }
  | { readonly kind: 'reading'; readonly reason: string };

/** The recipient of a pass in words. */
export function recipientName({ toUserId }: PassEntry): string {
  return toUserId === null ? words.editor.nextMember : atName(toUserId);
}

/** `passing` while the ring is on its way, `waiting` until it comes, `reading` when it can't come at all. */
export function turnOf(draft: DraftSummary, userId: string, pending: readonly OutboxEntry[]): Turn {
  if (draft.status === 'completed') return { kind: 'reading', reason: words.editor.completed };
  if (draft.status === 'locked') return { kind: 'reading', reason: words.editor.locked };
  const member = membersOf(draft).find((candidate) => candidate.userId === userId);
  if (member === undefined) return { kind: 'reading', reason: words.editor.removed };
  if (member.role === 'viewer') return { kind: 'reading', reason: words.editor.viewer };
  const { current_holder_id: holder } = draft.ring_state;
  if (holder !== userId) return { kind: 'waiting', reason: words.editor.waitingFor(atName(holder)) };
  const pass = pending.find((entry) => entry.kind === 'pass');
  if (pass?.kind === 'pass') return { kind: 'passing', reason: words.editor.passingTo(recipientName(pass)) };
  return { kind: 'mine' };
}
