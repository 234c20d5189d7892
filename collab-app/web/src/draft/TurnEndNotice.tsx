import type { RingPassedEvent } from '@ringdraft/client';
import type { ReactNode } from 'react';
import { Notice } from '../components/Notice';
import { atName } from '../messages/names';

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
              Understood
            </button>
          }
        >
          {turnEndText(end, hasText)}
          {hasText && ' Your text stays here, and you can go on with it in your next turn.'}
        </Notice>
      )}
    </div>
  );
}

function turnEndText({ data, user_id: by }: RingPassedEvent, hasText: boolean): string {
  const next = `${atName(data.to_user_id)} holds the ring now.`;
  switch (data.reason) {
    case 'timed_out':
      return `Your time ran out${hasText ? ' while you were writing' : ''}. ${next}`;
    case 'revoked':
      return `${atName(by)} took the ring back. ${by === data.to_user_id ? '' : next}`.trimEnd();
    case 'turn_complete':
      return `Your turn is complete. ${next}`;
    default:
      return next;
  }
}
