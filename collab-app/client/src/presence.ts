import type { PresenceState, PresentUser } from './draft.js';
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

/** Half of the time after which the server takes typing back. */
const typingAgainMs = 3_000;
/** Somebody who begins and ends in quick turns does not use up what a client may say. */
const betweenTurnsMs = 1_000;

/** Says what a user does, however often it is told, no more often than the server needs to hear it. */
export function createAnnouncer(
  now: () => number,
  say: (state: PresenceState) => void,
): (state: PresenceState) => void {
  let said: PresenceState = 'viewing';
  let typingSaidAt = -Infinity;
  return (state) => {
    if (state === 'viewing') {
      if (said === 'viewing') return;
    } else {
      if (now() - typingSaidAt < (said === 'typing' ? typingAgainMs : betweenTurnsMs)) return;
      typingSaidAt = now();
    }
    said = state;
    say(state);
  };
}
