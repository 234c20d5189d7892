/** What the library takes from its surroundings. Each part may be replaced, in tests or outside of a browser. */
export interface Environment {
  readonly clock: Clock;
  /** A number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly fetch: typeof globalThis.fetch;
  readonly openWebSocket: (url: string, protocols: readonly string[]) => WebSocketLike;
  readonly page: Page;
  /** Where unsent writing survives a reload; null keeps it in memory. */
  readonly storage: EntryStorage | null;
  /** Web Locks; null where there are none. */
  readonly locks: EntryLocks | null;
  readonly randomId: () => string;
}

export interface Clock {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Calls once after `delayMs`; the answer cancels it. */
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
}

/** The page as the ladder sees it: whether someone may be looking, and what should wake it. */
export interface Page {
  readonly isVisible: () => boolean;
  /** Calls when the page is shown, hidden, or the network came back; the answer ends that. */
  readonly onChange: (listener: (change: PageChange) => void) => () => void;
}

export type PageChange = 'visible' | 'hidden' | 'online';

/** The part of a browser's WebSocket that is used. */
export interface WebSocketLike {
  onopen: ((event: never) => unknown) | null;
  onmessage: ((event: MessageEvent) => unknown) | null;
  onclose: ((event: CloseEvent) => unknown) | null;
  onerror: ((event: never) => unknown) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

export type EntryStorage = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

export interface EntryLocks {
  /** Runs `work` while no other tab runs work under this name. */
  readonly exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}
