import type { Clock } from './environment.js';

/** The time of a server, as far as its answers tell. The device's wall clock has no part in it. */
export interface ServerClock {
  /** Milliseconds since the Unix epoch; null until the server has told its time. */
  readonly now: () => number | null;
  /** Begins an exchange. The answer takes the time that the server tells in it, and how coarse that time is. */
  readonly begin: () => (time: string | null, resolutionMs?: number) => void;
}

/** A longer exchange tells too little: a held poll waits for an event, not for the network. */
const longestExchangeMs = 10_000;

/**
 * The server read its clock at some instant of the exchange, so the offset lies in a range as wide as the exchange. The
 * estimate is the middle of the first range. It gives way to the middle of any range in which it does not lie: one from
 * a quicker exchange, or one after a sleep of the device, in which `monotonic` may stand still.
 */
export function createServerClock({ monotonic }: Pick<Clock, 'monotonic'>): ServerClock {
  let offset: number | null = null;
  return {
    now: () => (offset === null ? null : monotonic() + offset),
    begin() {
      const sentAt = monotonic();
      return (time, resolutionMs = 0) => {
        const told = Date.parse(time ?? '');
        const receivedAt = monotonic();
        if (Number.isNaN(told) || receivedAt - sentAt > longestExchangeMs) return;
        const from = told - receivedAt;
        const to = told + resolutionMs - sentAt;
        if (offset === null || offset < from || offset > to) offset = (from + to) / 2;
      };
    },
  };
}
