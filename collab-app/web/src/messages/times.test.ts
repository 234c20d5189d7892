import { describe, expect, it } from 'vitest';
import { sinceText, timeAgo, timeOfDay } from './times';

const now = new Date(2026, 10, 23, 12, 0, 0).getTime();

function before(milliseconds: number): string {
  return new Date(now - milliseconds).toISOString();
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('the time since', () => {
  it.each([
    [0, 'just now'],
    [59_999, 'just now'],
    [minute, '1 minute ago'],
    [59 * minute, '59 minutes ago'],
    [hour, '1 hour ago'],
    [23 * hour, '23 hours ago'],
    [day, 'yesterday'],
    [29 * day, '29 days ago'],
    [31 * day, '23 Oct 2026'],
  ])('%d ms is "%s"', (age, words) => {
    expect(timeAgo(before(age), now)).toBe(words);
  });

  it('an instant ahead of the clock is "just now"', () => {
    expect(timeAgo(before(-5_000), now)).toBe('just now');
  });

  it('what is no instant is nothing', () => {
    expect(timeAgo('soon', now)).toBe('');
    expect(timeOfDay('soon', now)).toBe('');
  });
});

describe('the time of a segment', () => {
  it('is the clock alone today', () => {
    expect(timeOfDay(before(2 * hour), now)).toBe('10:00');
  });

  it('has the day otherwise', () => {
    expect(timeOfDay(before(2 * day), now)).toMatch(/21 Nov.*12:00/);
  });
});

describe('the last visit', () => {
  it('is a clock today, a weekday in the last days, and a date before', () => {
    expect(sinceText(before(2 * hour), now)).toBe('10:00');
    expect(sinceText(before(2 * day), now)).toMatch(/^Saturday.*12:00$/);
    expect(sinceText(before(20 * day), now)).toMatch(/3 Nov.*12:00/);
  });
});
