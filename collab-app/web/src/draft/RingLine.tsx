import type { DraftSummary } from '@ringdraft/client';
import type { ReactNode } from 'react';
import { RingMark } from '../parts/RingMark';
import { timeAgo, timeInFull, timeOfDay } from '../words/moments';
import { atName } from '../words/names';

/** Who holds the ring, and since when. The time stands outside of the live region: it changes by itself. */
export function RingLine(props: {
  readonly draft: DraftSummary;
  readonly userId: string;
  readonly now: number;
}): ReactNode {
  const { current_holder_id: holder, passed_at: passedAt } = props.draft.ring_state;
  return (
    <div className="ring-line">
      <RingMark />
      <p>
        <span role="status">{holder === props.userId ? 'You hold the ring' : `${atName(holder)} holds the ring`}</span>{' '}
        <time className="ring-since" dateTime={passedAt} title={timeInFull(passedAt)}>
          since {timeOfDay(passedAt, props.now)} · {timeAgo(passedAt, props.now)}
        </time>
      </p>
    </div>
  );
}
