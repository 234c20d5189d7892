import type { PresentUser } from './draft.js';
import type { PresenceDiffFrame, PresenceStateFrame } from './frames.js';

/** Who is here after a frame; whoever joined again counts once, with what the frame says of them. */
export function reducePresence(
  users: readonly PresentUser[],
  frame: PresenceStateFrame | PresenceDiffFrame,
): readonly PresentUser[] {
  if (frame.type === 'presence_state') return frame.users;
  const changed = new Set([...frame.left, ...frame.joined.map(({ user_id }) => user_id)]);
  return [...users.filter(({ user_id }) => !changed.has(user_id)), ...frame.joined];
}
