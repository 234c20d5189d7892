import type { DraftSummary, PresentUser } from '@ringdraft/client';

/**
 * Who else holds the ring and types just now, or null. Typing is what people say of themselves; without the ring it
 * comes to nothing.
 */
export function typingHolder(draft: DraftSummary, presence: readonly PresentUser[], userId: string): string | null {
  const { current_holder_id: holder } = draft.ring_state;
  const isTyping = presence.some((present) => present.user_id === holder && present.state === 'typing');
  return isTyping && draft.status === 'active' && holder !== userId ? holder : null;
}
