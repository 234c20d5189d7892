/** What the library takes from its environment. Each part may be replaced, in tests or outside of a browser. */
export interface Environment {
  readonly clock: Clock;
  /** A number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly fetch: typeof globalThis.fetch;
  readonly openWebSocket: (url: string, protocols: readonly string[]) => WebSocketLike;
  readonly page: Page;
  /** Where unsent writing survives a reload; null keeps it in memory, for as long as the environment is used. */
  readonly storage: EntryStorage | null;
  /** Web Locks; null where there are none. */
  readonly locks: EntryLocks | null;
  /** Bounds the long polls of all tabs of one origin; null where that is not possible: no poll is held then. */
  readonly longPolls: TabSemaphore | null;
  readonly randomId: () => string;
}

/** A semaphore that the tabs of one origin share. */
export interface TabSemaphore {
  /** Takes a permit if one is free; the answer gives it back. Null when all are taken. */
  readonly tryAcquire: () => Promise<(() => void) | null>;
}

export interface Clock {
  /** Milliseconds since the Unix epoch; jumps when the clock is set. For what is shown or kept, never for a wait. */
  readonly now: () => number;
  /** Milliseconds since some instant. Never goes back; may stand still while the device sleeps. */
  readonly monotonic: () => number;
  /** Calls once after `delayMs`, however long, as `monotonic` counts them; the answer cancels it. */
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
}

/** The page as the connection sees it: whether someone may be looking, and what should wake it. */
export interface Page {
  readonly isVisible: () => boolean;
  /** False when the device knows that it has no network. */
  readonly isOnline: () => boolean;
  /** Calls when the page is shown, thawed or hidden, or the network came or went; the answer ends that. */
  readonly onChange: (listener: (change: PageChange) => void) => () => void;
}

export type PageChange = 'visible' | 'hidden' | 'online' | 'offline';

/** The part of a browser's WebSocket that is used. */
export interface WebSocketLike {
  onopen: ((event: Event) => unknown) | null;
  onmessage: ((event: MessageEvent) => unknown) | null;
  onclose: ((event: CloseEvent) => unknown) | null;
  onerror: ((event: Event) => unknown) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

/**
 * Text by name, shared by the tabs of one browser. Any call may throw, as `localStorage` does when it is full or
 * forbidden.
 */
export interface EntryStorage {
  readonly names: () => readonly string[];
  readonly read: (name: string) => string | null;
  readonly write: (name: string, text: string) => void;
  readonly remove: (name: string) => void;
  /** Calls when another tab wrote or removed something, with its name where that is known; the answer ends that. */
  readonly onChange: (listener: (name?: string) => void) => () => void;
}

/** An `EntryStorage` whose calls never throw: what the browser does not take is kept in memory. */
export interface SafeStorage extends EntryStorage {
  /** False for a text that is in memory alone, and is lost with the page. */
  readonly keeps: (name: string) => boolean;
}

export interface ResolvedEnvironment extends Environment {
  readonly storage: SafeStorage;
}

export interface EntryLocks {
  /** Runs `work` while no other tab runs work under this name. Rejects with what `work` rejects with. */
  readonly exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}

/**
 * The environment of a browser with `replaced` in place of its own parts. Read at the call, never at import. This is
 * the only place that touches what a browser may lack or deny; everything in the result can be called, whatever is
 * denied.
 */
export function resolveEnvironment(replaced: Partial<Environment> = {}): ResolvedEnvironment {
  const { storage = localEntries() } = replaced;
  return {
    clock: systemClock,
    random: Math.random,
    fetch: (input, init) => globalThis.fetch(input, init),
    openWebSocket: (url, protocols) => new WebSocket(url, [...protocols]),
    page: browserPage,
    locks: webLocks(),
    longPolls: webLockSemaphore(['ringdraft.poll.1', 'ringdraft.poll.2']),
    randomId,
    ...replaced,
    storage: safeStorage(storage),
  };
}

/** What `read` gives; undefined where it throws, as a capability does that is absent or denied. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** 128 random bits in hex; unlike `randomUUID` also there on a page without TLS. An id has to be unique, not secret. */
function randomId(): string {
  const bytes = new Uint8Array(16);
  if (!attempt(() => crypto.getRandomValues(bytes))) bytes.forEach((_, index) => (bytes[index] = Math.random() * 256));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** No single timer runs longer: browsers lose or stretch long ones in sleep, and overflow at 2^31 ms. */
const longestTimerMs = 10_000;

const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(callback, delayMs) {
    let leftMs = delayMs;
    let timer: ReturnType<typeof setTimeout>;
    const arm = () => {
      const begun = systemClock.monotonic();
      const stepMs = Math.min(leftMs, longestTimerMs);
      timer = setTimeout(() => {
        leftMs -= Math.max(stepMs, systemClock.monotonic() - begun);
        if (leftMs > 0) arm();
        else callback();
      }, stepMs);
    };
    arm();
    return () => {
      clearTimeout(timer);
    };
  },
};

const browserPage: Page = {
  isVisible: () => typeof document === 'undefined' || document.visibilityState !== 'hidden',
  isOnline: () => attempt(() => navigator.onLine) !== false,
  onChange(listener) {
    if (typeof document === 'undefined') return () => undefined;
    const shownOrHidden = () => {
      listener(browserPage.isVisible() ? 'visible' : 'hidden');
    };
    const online = () => {
      listener('online');
    };
    const offline = () => {
      listener('offline');
    };
    document.addEventListener('visibilitychange', shownOrHidden);
    document.addEventListener('resume', shownOrHidden);
    window.addEventListener('pageshow', shownOrHidden);
    window.addEventListener('online', online);
    window.addEventListener('offline', offline);
    return () => {
      document.removeEventListener('visibilitychange', shownOrHidden);
      document.removeEventListener('resume', shownOrHidden);
      window.removeEventListener('pageshow', shownOrHidden);
      window.removeEventListener('online', online);
      window.removeEventListener('offline', offline);
    };
  },
};

function localEntries(): EntryStorage | null {
  const storage = attempt(() => (window as { readonly localStorage?: Storage | null }).localStorage);
  return storage ? entriesOf(storage) : null;
}

function entriesOf(storage: Storage): EntryStorage {
  return {
    names: () =>
      Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter((name) => name !== null),
    read: (name) => storage.getItem(name),
    write: (name, text) => {
      storage.setItem(name, text);
    },
    remove: (name) => {
      storage.removeItem(name);
    },
    onChange(listener) {
      const changed = ({ key }: StorageEvent) => {
        listener(key ?? undefined);
      };
      window.addEventListener('storage', changed);
      return () => {
        window.removeEventListener('storage', changed);
      };
    },
  };
}

function safeStorage(storage: EntryStorage | null): SafeStorage {
  if (storage !== null && 'keeps' in storage) return storage as SafeStorage;
  /** What the storage should hold and does not; null for what it should have removed. */
  const memory = new Map<string, string | null>();
  const stored = (name: string) => attempt(() => storage?.read(name)) ?? null;

  function put(name: string, text: string | null, change: () => void): void {
    attempt(change);
    // Some browsers take everything and keep nothing, so what was written is read again.
    if (stored(name) === text) memory.delete(name);
    else memory.set(name, text);
  }

  return {
    names() {
      const names = new Set(attempt(() => storage?.names()));
      for (const [name, text] of memory) names[text === null ? 'delete' : 'add'](name);
      return [...names];
    },
    read: (name) => memory.get(name) ?? (memory.has(name) ? null : stored(name)),
    write: (name, text) => {
      put(name, text, () => storage?.write(name, text));
    },
    remove: (name) => {
      put(name, null, () => storage?.remove(name));
    },
    onChange: (listener) => attempt(() => storage?.onChange(listener)) ?? (() => undefined),
    keeps: (name) => !memory.has(name),
  };
}

const lockManager = () => attempt(() => (navigator as Partial<Navigator>).locks);

function webLocks(): EntryLocks | null {
  const locks = lockManager();
  if (!locks) return null;
  return {
    async exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
      let begun: Promise<T> | undefined;
      const begin = () => (begun ??= work());
      try {
        return await locks.request(name, begin);
      } catch {
        // The lock was refused or taken away. The work goes on without it: no harm in sending an entry twice, but in
        // never sending it.
        return begin();
      }
    },
  };
}

/** One permit for each of these names; a tab that is closed gives its own back. */
function webLockSemaphore(names: readonly string[]): TabSemaphore | null {
  const locks = lockManager();
  if (!locks) return null;
  const tryLock = (name: string) =>
    new Promise<(() => void) | null>((resolve, reject) => {
      const hold = async (lock: Lock | null) => {
        if (lock === null) resolve(null);
        else
          await new Promise<void>((release) => {
            resolve(release);
          });
      };
      locks.request(name, { ifAvailable: true }, hold).catch(reject);
    });
  return {
    async tryAcquire() {
      for (const name of names) {
        const release = await tryLock(name);
        if (release !== null) return release;
      }
      return null;
    },
  };
}
