import type { DraftSummary } from '@ringdraft/client';
import { type ReactNode, useState } from 'react';
import { RingIcon } from '../components/RingIcon';
import { timeAgo, timeInFull, timeOfDay } from '../messages/times';
import { atName } from '../messages/names';
import { words } from '../messages/words';
import { Countdown } from './Countdown';

/**
 * Who holds the ring, until when or since when, whether they write just now, and who is next. All but the holder change
 * by themselves and stand outside of the live regions; that somebody writes is read out once a turn, however often they
 * pause. The words for a writer have their place at any time, so that nothing below moves when they come and go.
 */
export function RingStatus(props: {
  readonly draft: DraftSummary;
  readonly userId: string;
  readonly now: number;
  /** Who else writes just now; null for nobody. */
  readonly writer: string | null;
  readonly serverNow: () => number | null;
}): ReactNode {
  const { draft, userId, now, writer } = props;
  const {
    current_holder_id: holder,
    passed_at: passedAt,
    term,
    turn_ends_at: endsAt,
    next_user_id: next,
  } = draft.ring_state;
  const [readOutTerm, setReadOutTerm] = useState<number | null>(null);
  if (writer !== null && readOutTerm !== term) setReadOutTerm(term);
  const isMine = holder === userId;
  const { ring } = words;
  if (draft.status !== 'active') {
    return (
      <div className="ring-status">
        <p>
          <span role="status">
            {draft.status === 'completed' ? ring.complete : isMine ? ring.lockedMine : ring.lockedOf(atName(holder))}
          </span>
        </p>
      </div>
    );
  }
  return (
    <div className="ring-status">
      <RingIcon />
      <p>
        <span role="status">{isMine ? ring.youHold : ring.holds(atName(holder))}</span>{' '}
        <span className="ring-now">
          {!isMine && <span className={`ring-detail typing${writer === null ? ' absent' : ''}`}>{ring.isWriting}</span>}
          {endsAt === null && (
            <time
              className={`ring-detail${writer === null ? '' : ' absent'}`}
              dateTime={passedAt}
              title={timeInFull(passedAt)}
            >
              {words.time.since(timeOfDay(passedAt, now), timeAgo(passedAt, now))}
            </time>
          )}
        </span>{' '}
        {endsAt !== null && (
          <Countdown
            key={`${String(term)} ${endsAt}`}
            ring={draft.ring_state}
            endsAt={endsAt}
            userId={userId}
            serverNow={props.serverNow}
            today={now}
          />
        )}{' '}
        {next !== null && <span className="ring-detail">{ring.next(next === userId ? null : atName(next))}</span>}
      </p>
      <p className="visually-hidden" role="status">
        {readOutTerm === term && !isMine && ring.isWritingOf(atName(holder))}
      </p>
    </div>
  );
}
