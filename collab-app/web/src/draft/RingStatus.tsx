import type { DraftSummary } from '@ringdraft/client';
import { type ReactNode, useState } from 'react';
import { RingIcon } from '../components/RingIcon';
import { timeAgo, timeInFull, timeOfDay } from '../messages/times';
import { atName } from '../messages/names';

/**
 * Who holds the ring, and since when, or that they write just now. Both change by themselves and stand outside of the
 * live regions; that somebody writes is read out once a turn, however often they pause.
 */
export function RingStatus(props: {
  readonly draft: DraftSummary;
  readonly userId: string;
  readonly now: number;
  /** Who else writes just now; null for nobody. */
  readonly writer: string | null;
}): ReactNode {
  const { writer } = props;
  const { current_holder_id: holder, passed_at: passedAt, term } = props.draft.ring_state;
  const [readOutTerm, setReadOutTerm] = useState<number | null>(null);
  if (writer !== null && readOutTerm !== term) setReadOutTerm(term);
  return (
    <div className="ring-status">
      <RingIcon />
      <p>
        <span role="status">{holder === props.userId ? 'You hold the ring' : `${atName(holder)} holds the ring`}</span>{' '}
        {writer === null ? (
          <time className="ring-detail" dateTime={passedAt} title={timeInFull(passedAt)}>
            since {timeOfDay(passedAt, props.now)} · {timeAgo(passedAt, props.now)}
          </time>
        ) : (
          <span className="ring-detail typing">and is writing…</span>
        )}
      </p>
      <p className="visually-hidden" role="status">
        {readOutTerm === term && holder !== props.userId && `${atName(holder)} is writing.`}
      </p>
    </div>
  );
}
