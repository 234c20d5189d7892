import type { PresenceState, PresentUser } from './draft.js';
import type { PresenceDiffFrame, PresenceStateFrame } from './frames.js';

/**
 * The present users after a frame, each once. A user who was here keeps the place, with what the frame says now, in
 * whichever list.
 */
export function reducePresence(
  users: readonly PresentUser[],
  frame: PresenceStateFrame | PresenceDiffFrame,
): readonly PresentUser[] {
  if (frame.type === 'presence_state') return frame.users;
  const here = new Map(users.map((user) => [user.user_id, user]));
  for (const userId of frame.left) here.delete(userId);
  for (const user of [...frame.joined, ...(frame.changed ?? [])]) here.set(user.user_id, user);
  return [...here.values()];
}

/** Half of the time after which the server takes typing back. */
const typingAgainMs = 3_000;
/** Somebody who begins and ends in quick turns does not use up what a client may say. */
const betweenTurnsMs = 1_000;

/** Sends what a user does, no more often than the server needs it, however often it is called. */
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
