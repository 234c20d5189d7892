import type { RingPassedEvent } from '@ringdraft/client';
import type { ReactNode } from 'react';
import { Notice } from '../components/Notice';
import { atName } from '../messages/names';
import { words } from '../messages/words';

/** Says that the reader's turn ended other than by a pass of theirs, and that what they typed is still there. */
export function TurnEndNotice(props: {
  /** Null when there is nothing to say. */
  readonly end: RingPassedEvent | null;
  readonly hasText: boolean;
  readonly onDismiss: () => void;
}): ReactNode {
  const { end, hasText } = props;
  return (
    <div role="status">
      {end !== null && (
        <Notice
          action={
            <button type="button" className="quiet" onClick={props.onDismiss}>
              {words.app.understood}
            </button>
          }
        >
          {turnEndText(end, hasText)}
          {hasText && ` ${words.turnEnd.textStays}`}
        </Notice>
      )}
    </div>
  );
}

function turnEndText({ data, user_id: by }: RingPassedEvent, hasText: boolean): string {
  const next = words.turnEnd.holdsNow(atName(data.to_user_id));
  switch (data.reason) {
    case 'timed_out':
      return `${hasText ? words.turnEnd.timedOutWriting : words.turnEnd.timedOut} ${next}`;
    case 'revoked':
      return `${words.turnEnd.revoked(atName(by))} ${by === data.to_user_id ? '' : next}`.trimEnd();
    case 'turn_complete':
      return `${words.turnEnd.complete} ${next}`;
    default:
      return next;
  }
}
