import type { PresentUser } from '@ringdraft/client';
import type { ReactNode } from 'react';
import { Avatar } from '../components/Avatar';
import { nameList } from '../messages/names';

/** How many marks are drawn before the rest is a number. */
const marks = 5;

/** Who has the draft open; keeps its line while that is not known, so that the text below stays where it is. */
export function PresenceList(props: { readonly presence: readonly PresentUser[]; readonly userId: string }): ReactNode {
  const others = props.presence.map((user) => user.user_id).filter((userId) => userId !== props.userId);
  const words = presenceText(props.presence.length, others);
  return (
    <div className="presence-list">
      <span className="presence-avatars">
        {others.slice(0, marks).map((userId) => (
          <Avatar key={userId} userId={userId} />
        ))}
      </span>
      <p>{words}</p>
    </div>
  );
}

function presenceText(present: number, others: readonly string[]): string {
  if (present === 0) return 'Who else is here is not known right now';
  return others.length === 0 ? 'Only you are here' : `Here with you: ${nameList(others)}`;
}
