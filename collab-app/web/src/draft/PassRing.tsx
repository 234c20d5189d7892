import type { PresentUser } from '@ringdraft/client';
import { type SubmitEvent, type ReactNode, useId, useState } from 'react';
import { atName } from '../messages/names';
import { type Member, mayHoldRing } from './membership';

/** The holder's choice of who is next. */
export function PassRing(props: {
  readonly members: readonly Member[];
  readonly userId: string;
  readonly presence: readonly PresentUser[];
  /** The next holder by the turn policy, who is chosen beforehand; null for none. */
  readonly nextUserId: string | null;
  readonly away: readonly string[];
  readonly onPass: (toUserId: string) => void;
}): ReactNode {
  const id = useId();
  const [chosen, setChosen] = useState('');
  const recipients = props.members.filter((member) => mayHoldRing(member) && member.userId !== props.userId);
  const recipient =
    recipients.find((member) => member.userId === chosen) ??
    recipients.find((member) => member.userId === props.nextUserId) ??
    recipients[0];
  const here = new Set(props.presence.map((user) => user.user_id));

  if (recipient === undefined) {
    return <p className="hint">There is nobody to pass the ring to yet: add a contributor first.</p>;
  }
  const pass = (event: SubmitEvent): void => {
    event.preventDefault();
    props.onPass(recipient.userId);
  };
  return (
    <form className="pass-ring" onSubmit={pass}>
      <label htmlFor={id}>Pass the ring to</label>
      <select
        id={id}
        className="input"
        value={recipient.userId}
        onChange={(event) => {
          setChosen(event.target.value);
        }}
      >
        {recipients.map((member) => (
          <option key={member.userId} value={member.userId}>
            {member.userId === props.nextUserId ? 'next: ' : ''}
            {atName(member.userId)}
            {props.away.includes(member.userId) ? ' · away' : here.has(member.userId) ? ' · here' : ''}
          </option>
        ))}
      </select>
      <button type="submit" className="button">
        Pass
      </button>
    </form>
  );
}
