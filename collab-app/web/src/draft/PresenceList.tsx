import type { PresentUser } from '@ringdraft/client';
import type { ReactNode } from 'react';
import { Avatar } from '../components/Avatar';
import { atName } from '../messages/names';
import { words } from '../messages/words';

/** How many marks are drawn, and how many users named, before the rest is a number. */
const marks = 5;
const names = 3;

/** Who has the draft open: always one line, however many there are, so that the text below stays where it is. */
export function PresenceList(props: { readonly presence: readonly PresentUser[]; readonly userId: string }): ReactNode {
  const others = props.presence.map((user) => user.user_id).filter((userId) => userId !== props.userId);
  return (
    <div className="presence-list">
      <span className="presence-avatars" aria-hidden="true">
        {others.slice(0, marks).map((userId) => (
          <Avatar key={userId} userId={userId} />
        ))}
        {others.length > marks && (
          <span className="avatar more-avatars">{words.count.more(others.length - marks)}</span>
        )}
      </span>
      <p className="presence-names">{presenceText(props.presence.length, others)}</p>
    </div>
  );
}

function presenceText(present: number, others: readonly string[]): string {
  if (present === 0) return words.presence.unknown;
  if (others.length === 0) return words.presence.onlyYou;
  const named = others.slice(0, others.length > names ? names - 1 : names).map(atName);
  const rest = others.length - named.length;
  return words.presence.withYou(words.app.and([...named, ...(rest > 0 ? [words.presence.others(rest)] : [])]));
}
