import type { PresentUser } from '@ringdraft/client';
import { type SubmitEvent, type ReactNode, useState } from 'react';
import { Dialog } from '../components/Dialog';
import { atName } from '../messages/names';
import { words } from '../messages/words';
import { MemberSearch } from './MemberSearch';
import { hereFirst, type Member, mayHoldRing } from './membership';

/** The holder's choice of the next holder. Names are shown whole, on as many lines as they need. */
export function PassRing(props: {
  readonly members: readonly Member[];
  readonly userId: string;
  readonly presence: readonly PresentUser[];
  /** The next holder by the turn policy, who is chosen beforehand; null for none. */
  readonly nextUserId: string | null;
  readonly away: readonly string[];
  readonly onPass: (toUserId: string) => void;
}): ReactNode {
  const { nextUserId } = props;
  const [chosen, setChosen] = useState('');
  const [isChoosing, setChoosing] = useState(false);
  const recipients = props.members.filter((member) => mayHoldRing(member) && member.userId !== props.userId);
  const recipient =
    recipients.find((member) => member.userId === chosen) ??
    recipients.find((member) => member.userId === nextUserId) ??
    recipients[0];
  const here = new Set(props.presence.map((user) => user.user_id));

  if (recipient === undefined) return <p className="hint">{words.pass.nobody}</p>;
  const pass = (event: SubmitEvent): void => {
    event.preventDefault();
    props.onPass(recipient.userId);
  };
  const standing = (userId: string): string =>
    [
      userId === nextUserId ? words.pass.next : '',
      props.away.includes(userId) ? words.members.away : here.has(userId) ? words.members.here : '',
    ]
      .filter((part) => part !== '')
      .join(' · ');
  return (
    <form className="pass-ring" onSubmit={pass}>
      <p className="pass-recipient">
        <span className="pass-label">{words.pass.to}</span> <strong>{atName(recipient.userId)}</strong>{' '}
        <span className="hint">{standing(recipient.userId)}</span>
      </p>
      <div className="actions">
        {recipients.length > 1 && (
          <button
            type="button"
            className="quiet"
            onClick={() => {
              setChoosing(true);
            }}
          >
            {words.pass.choose}
          </button>
        )}
        <button type="submit" className="button">
          {words.pass.pass}
        </button>
      </div>
      {isChoosing && (
        <Dialog
          title={words.pass.chooseWho}
          onClose={() => {
            setChoosing(false);
          }}
        >
          <MemberSearch members={hereFirst(recipients, here, nextUserId)}>
            {(found) => (
              <ul className="recipients">
                {found.map(({ userId }) => (
                  <li key={userId}>
                    <button
                      type="button"
                      className="button recipient"
                      aria-pressed={userId === recipient.userId}
                      onClick={() => {
                        setChosen(userId);
                        setChoosing(false);
                      }}
                    >
                      <span>{atName(userId)}</span> <span className="hint">{standing(userId)}</span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </MemberSearch>
        </Dialog>
      )}
    </form>
  );
}
