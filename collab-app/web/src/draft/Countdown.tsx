import type { RingState } from '@ringdraft/client';
import type { ReactNode } from 'react';
import { useServerNow } from '../components/useServerNow';
import { type Milestone, milestoneOf, timeLeft } from '../messages/durations';
import { atName } from '../messages/names';
import { timeInFull, timeOfDay } from '../messages/times';
import { words } from '../messages/words';

/**
 * The time that is left of the turn, by the server's clock; until that is known, its end. The seconds change outside of
 * the live region, which speaks at half time, at one minute and at ten seconds.
 */
export function Countdown(props: {
  readonly ring: RingState;
  readonly endsAt: string;
  readonly userId: string;
  readonly serverNow: () => number | null;
  readonly today: number;
}): ReactNode {
  const { ring, endsAt } = props;
  const now = useServerNow(props.serverNow, true);
  const end = Date.parse(endsAt);
  const milestone = now === null ? 'none' : milestoneOf(end - Date.parse(ring.turn_started_at), end - now);
  const isSoon = milestone === 'minute' || milestone === 'ten seconds' || milestone === 'over';
  return (
    <>
      <time
        role="timer"
        className={`ring-detail countdown${isSoon ? ' soon' : ''}`}
        dateTime={endsAt}
        title={timeInFull(endsAt)}
      >
        {now === null ? words.time.until(timeOfDay(endsAt, props.today)) : timeLeft(end - now)}
      </time>
      <span className="visually-hidden" role="status">
        {milestoneText(milestone, ring.current_holder_id === props.userId ? null : ring.current_holder_id)}
      </span>
    </>
  );
}

/** `holder` is null for the reader. */
function milestoneText(milestone: Milestone, holder: string | null): string {
  const name = holder === null ? null : atName(holder);
  switch (milestone) {
    case 'none':
      return '';
    case 'half':
      return words.time.halfOver(name);
    case 'minute':
      return words.time.oneMinuteLeft(name);
    case 'ten seconds':
      return words.time.tenSecondsLeft(name);
    case 'over':
      return words.time.isUp(name);
  }
}
