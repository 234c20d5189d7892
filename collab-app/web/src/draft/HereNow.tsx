import type { PresentUser } from '@ringdraft/client';
import type { ReactNode } from 'react';
import { AuthorMark } from '../parts/AuthorMark';
import { nameList } from '../words/names';

/** How many marks are drawn before the rest is a number. */
const marks = 5;

/** Who has the draft open; nothing while that is not known. */
export function HereNow(props: { readonly presence: readonly PresentUser[]; readonly userId: string }): ReactNode {
  const others = props.presence.map((user) => user.user_id).filter((userId) => userId !== props.userId);
  if (props.presence.length === 0) return null;
  const words = others.length === 0 ? 'Only you are here' : `Here with you: ${nameList(others)}`;
  return (
    <div className="here-now">
      <span className="here-marks">
        {others.slice(0, marks).map((userId) => (
          <AuthorMark key={userId} userId={userId} />
        ))}
      </span>
      <p>{words}</p>
    </div>
  );
}
