import { locale, words } from './words';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const weekdayAndClock = new Intl.DateTimeFormat(locale, { weekday: 'long', hour: '2-digit', minute: '2-digit' });
const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
const inFull = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' });

/**
 * How long ago an instant was, in words: `just now`, `5 minutes ago`, `yesterday`, and from 30 days on its date. An
 * instant ahead of the clock is `just now`.
 */
export function timeAgo(instant: string, now: number): string {
  const age = now - Date.parse(instant);
  if (Number.isNaN(age)) return '';
  if (age < minuteMs) return words.time.justNow;
  if (age < hourMs) return ago.format(-Math.floor(age / minuteMs), 'minute');
  if (age < dayMs) return ago.format(-Math.floor(age / hourMs), 'hour');
  if (age < 30 * dayMs) return ago.format(-Math.floor(age / dayMs), 'day');
  return dayOfYear.format(new Date(instant));
}

/** The time of a segment: the clock alone for today, with the day otherwise. */
export function timeOfDay(instant: string, now: number): string {
  const moment = new Date(instant);
  if (Number.isNaN(moment.getTime())) return '';
  const isToday = moment.toDateString() === new Date(now).toDateString();
  return (isToday ? clock : dayAndClock).format(moment);
}

/** Since when something is: the clock alone today, with the weekday in the last days, else with the day. */
export function sinceText(instant: string, now: number): string {
  const age = now - Date.parse(instant);
  if (!(age < 6 * dayMs) || new Date(instant).toDateString() === new Date(now).toDateString()) {
    return timeOfDay(instant, now);
  }
  return weekdayAndClock.format(new Date(instant));
}

/** An instant with everything that is known of it, for a title. */
export function timeInFull(instant: string): string {
  const moment = new Date(instant);
  return Number.isNaN(moment.getTime()) ? '' : inFull.format(moment);
}
