// @vitest-environment happy-dom
import { act, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { at, draftHeldBy } from '../testing/drafts';
import { Countdown } from './Countdown';

const second = 1_000;
const minute = 60 * second;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(at) });
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** All that the live region says in a turn that begins now, each with the seconds that are left then. */
async function spokenInTurn(totalMs: number, holder: string, userId: string): Promise<readonly [number, string][]> {
  const end = Date.parse(at) + totalMs;
  const endsAt = new Date(end).toISOString();
  const page = document.createElement('div');
  const root = createRoot(page);
  act(() => {
    const ring = draftHeldBy(holder).ring_state;
    root.render(createElement(Countdown, { ring, endsAt, userId, serverNow: () => Date.now(), today: Date.now() }));
  });
  const spoken: [number, string][] = [];
  while (Date.now() <= end + second) {
    const words = page.querySelector('[role=status]')?.textContent ?? '';
    if (words !== (spoken.at(-1)?.[1] ?? '')) spoken.push([(end - Date.now()) / second, words]);
    await act(() => vi.advanceTimersByTimeAsync(second));
  }
  act(() => {
    root.unmount();
  });
  return spoken;
}

it('the countdown speaks at half time, at one minute, at ten seconds and at the end', async () => {
  expect(await spokenInTurn(5 * minute, 'ben', 'ben')).toEqual([
    [150, 'Half of your turn is over.'],
    [60, 'One minute is left of your turn.'],
    [10, 'Ten seconds are left of your turn.'],
    [0, 'The time of your turn is up.'],
  ]);
});

it('the countdown of another member names them', async () => {
  expect(await spokenInTurn(2 * minute, 'ben', 'ana')).toEqual([
    [60, 'One minute is left of the turn of @ben.'],
    [10, 'Ten seconds are left of the turn of @ben.'],
    [0, 'The time of the turn of @ben is up.'],
  ]);
});

it('the countdown of a short turn speaks at half time', async () => {
  expect((await spokenInTurn(40 * second, 'ben', 'ben')).map(([left]) => left)).toEqual([20, 10, 0]);
});
