import type { TurnPolicy } from '@ringdraft/client';
import { durationText } from '../messages/durations';
import { words } from '../messages/words';

/** The policy in sentences: `Each turn lasts at most 2 hours, then the next in order.` */
export function policyText(policy: TurnPolicy): string {
  const { turns, count } = words;
  const limits = [
    policy.max_seconds === null ? '' : durationText(policy.max_seconds),
    policy.max_segments === null ? '' : count.segments(policy.max_segments),
  ].filter((limit) => limit !== '');
  const missed = policy.away_after_missed;
  const absence = policy.max_seconds === null || missed === null ? '' : ` ${turns.absence(missed)}`;
  if (limits.length > 0) return turns.limited(limits, turns.next[policy.order]) + absence;
  return policy.order === 'manual' ? turns.manual : turns.unlimited(turns.next[policy.order]);
}
