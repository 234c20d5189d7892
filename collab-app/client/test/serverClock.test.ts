import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createServerClock, type ServerClock } from '../src/serverClock.js';
import { NOON } from './cast.js';

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);
console.log(`serverClock properties: FC_SEED=${String(seed)}`);

const noon = Date.parse(NOON);
let monotonic = 0;
let clock: ServerClock;

beforeEach(() => {
  monotonic = 5_000;
  clock = createServerClock({ monotonic: () => monotonic });
});

/** The server reads its clock after the first of these waits; its answer comes after the second. */
function exchange(offset: number, therMs: number, backMs: number): void {
  const hear = clock.begin();
  monotonic += therMs;
  const told = new Date(monotonic + offset).toISOString();
  monotonic += backMs;
  hear(told);
}

function error(offset: number): number {
  return Math.abs((clock.now() ?? Infinity) - (monotonic + offset));
}

describe('the time of the server', () => {
  it('is unknown before the server told it', () => {
    expect(clock.now()).toBeNull();
    clock.begin()(null);
    clock.begin()('no time');
    expect(clock.now()).toBeNull();
  });

  it('is taken as told half of the round trip ago, and goes on', () => {
    const hear = clock.begin();
    monotonic += 80;
    hear(NOON);
    expect(clock.now()).toBe(noon + 40);
    monotonic += 1_000;
    expect(clock.now()).toBe(noon + 1_040);
  });

  it('is in the middle of the second that a coarse time stands for', () => {
    clock.begin()('Mon, 23 Nov 2026 12:00:00 GMT', 1_000);
    expect(clock.now()).toBe(Date.parse('2026-11-23T12:00:00.500Z'));
  });

  it('comes from the narrowest exchange, until another contradicts it', () => {
    exchange(noon, 5, 5);
    exchange(noon, 400, 0);
    expect(error(noon)).toBe(0);
    // The device slept: its own count stood still for an hour.
    exchange(noon + 3_600_000, 100, 100);
    expect(error(noon + 3_600_000)).toBe(0);
  });

  it('does not follow an answer that was held back', () => {
    exchange(noon, 5, 5);
    exchange(noon + 9_000, 0, 25_000);
    expect(error(noon)).toBe(0);
  });

  it('is never wrong by more than the last exchange took', () => {
    const waits = fc.array(fc.tuple(fc.nat(3_000), fc.nat(3_000), fc.integer({ min: -60_000, max: 60_000 })), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(waits, (exchanges) => {
        clock = createServerClock({ monotonic: () => monotonic });
        for (const [there, back, jump] of exchanges) {
          exchange(noon + jump, there, back);
          // A narrower estimate may stay, but only where this exchange allows it.
          expect(error(noon + jump)).toBeLessThanOrEqual(there + back);
        }
      }),
      { seed, numRuns: 300 },
    );
  });
});
