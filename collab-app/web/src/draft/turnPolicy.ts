import type { TurnOrder, TurnPolicy } from '@ringdraft/client';
import { counted } from '../messages/count';
import { durationText } from '../messages/durations';

/** The orders as a creator chooses among them. */
export const orderNames: Readonly<Record<TurnOrder, string>> = {
  manual: 'The holder chooses who is next',
  round_robin: 'In order: everybody in turn, as they joined',
  least_recent: 'The member who waited longest',
  requests_first: 'The first member who asks, else the one who waited longest',
};

const orderTexts: Readonly<Record<TurnOrder, string>> = {
  manual: 'the first member who asked, else the creator',
  round_robin: 'the next in order',
  least_recent: 'the member who waited longest',
  requests_first: 'the first member who asked, else the one who waited longest',
};

/** The policy in sentences: `Each turn lasts at most 2 hours, then the next in order.` */
export function policyText(policy: TurnPolicy): string {
  const limits = [
    policy.max_seconds === null ? '' : durationText(policy.max_seconds),
    policy.max_segments === null ? '' : counted(policy.max_segments, 'segment'),
  ].filter((words) => words !== '');
  const missed = policy.away_after_missed;
  const absence =
    policy.max_seconds === null || missed === null
      ? ''
      : ` A member who misses ${missed === 1 ? 'a turn' : `${counted(missed, 'turn')} in a row`} is away and is skipped.`;
  if (limits.length > 0)
    return `Each turn lasts at most ${limits.join(' or ')}, then ${orderTexts[policy.order]}.${absence}`;
  if (policy.order === 'manual') return 'Each turn lasts until its holder passes the ring to a member of their choice.';
  return `Each turn lasts until its holder passes the ring. Next is ${orderTexts[policy.order]}.`;
}
