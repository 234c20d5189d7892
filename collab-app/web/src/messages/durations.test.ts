import { describe, expect, it } from 'vitest';
import { durationText, milestoneOf, timeLeft } from './durations';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe('a duration', () => {
  it.each([
    [10, '10 seconds'],
    [90, '90 seconds'],
    [60, '1 minute'],
    [7_200, '2 hours'],
    [86_400, '1 day'],
    [2_592_000, '30 days'],
  ])('of %i s is %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});

describe('the time that is left', () => {
  it.each([
    [0, 'time is up'],
    [-5 * second, 'time is up'],
    [1, '0:01 left'],
    [9 * second, '0:09 left'],
    [4 * minute + 5 * second, '4:05 left'],
    [3 * hour + 5 * minute, '3 h 05 min left'],
    [51 * hour, '2 days 3 h left'],
  ])('after %i ms is %s', (left, text) => {
    expect(timeLeft(left)).toBe(text);
  });
});

describe('a milestone', () => {
  it('is half time, the last minute, the last ten seconds and the end', () => {
    const passed = [2 * hour, hour, minute, 10 * second, 0].map((left) => milestoneOf(2 * hour, left));
    expect(passed).toEqual(['none', 'half', 'minute', 'ten seconds', 'over']);
  });

  it('is not the last minute in a turn of a minute', () => {
    expect(milestoneOf(minute, minute)).toBe('none');
    expect(milestoneOf(minute, 30 * second)).toBe('half');
  });
});
