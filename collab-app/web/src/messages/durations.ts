import { words } from './words';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** The units of a duration in a form, largest first. */
export const durationUnits = [
  { name: 'day', seconds: day },
  { name: 'hour', seconds: hour },
  { name: 'minute', seconds: minute },
  { name: 'second', seconds: 1 },
] as const;

export type DurationUnit = (typeof durationUnits)[number]['name'];

/** A duration in the largest unit of which it is a whole number: `2 hours`, `90 seconds`. */
export function durationOf(seconds: number): { readonly count: number; readonly unit: DurationUnit } {
  const unit = durationUnits.find((each) => seconds % each.seconds === 0) ?? durationUnits[3];
  return { count: seconds / unit.seconds, unit: unit.name };
}

/** `2 hours`, `90 seconds`. */
export function durationText(seconds: number): string {
  const { count, unit } = durationOf(seconds);
  return words.time[unit](count);
}

/** The time until a deadline, as it counts down: `2 days 3 h`, `3 h 05 min`, `4:05`; `time is up` from 0 on. */
export function timeLeft(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1_000);
  if (seconds <= 0) return words.time.timeIsUp;
  const part = (unit: number, within = Infinity): number => Math.floor(seconds / unit) % within;
  const two = (count: number): string => String(count).padStart(2, '0');
  if (seconds >= day) return words.time.daysLeft(part(day), part(hour, 24));
  if (seconds >= hour) return words.time.hoursLeft(part(hour), two(part(minute, 60)));
  return words.time.minutesLeft(part(minute), two(seconds % minute));
}

/** The instants of a countdown that are read out. */
export type Milestone = 'none' | 'half' | 'minute' | 'ten seconds' | 'over';

/** The last milestone that a turn has passed; half time is left out where it comes after the last minute began. */
export function milestoneOf(totalMs: number, leftMs: number): Milestone {
  if (leftMs <= 0) return 'over';
  if (leftMs <= 10_000) return 'ten seconds';
  if (leftMs <= 60_000 && totalMs > 60_000) return 'minute';
  return leftMs <= totalMs / 2 ? 'half' : 'none';
}
