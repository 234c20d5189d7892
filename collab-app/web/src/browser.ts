import { resolveEnvironment } from '@ringdraft/client';

/**
 * What this page takes of its browser and the browser may lack or deny. Only this module touches that; each export
 * works whatever is denied, and says so where something is lost.
 */

declare global {
  interface Window {
    /** Set by the page around Ringdraft: gives a fresh JWT of the signed-in user on each call. */
    ringdraftToken?: () => Promise<string>;
  }
}

/** What `read` gives; undefined where it throws, as a capability does that is absent or denied. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * The environment for every draft of this page. One object, so that what is kept in memory alone lasts as long as the
 * page.
 */
export const environment = resolveEnvironment();

/** A fresh idempotency key: 128 random bits as 32 hexadecimal digits. */
export const newIdempotencyKey = environment.randomId;

const probe = 'ringdraft.probe';

/** Whether the browser stores what this page writes: false where storage is denied, absent or full. */
export function isStoring(): boolean {
  const { storage } = environment;
  storage.write(probe, '1');
  const isKept = storage.keeps(probe);
  storage.remove(probe);
  return isKept;
}

/** A text that this tab keeps over a reload; null where there is none. */
export function readTabText(name: string): string | null {
  return attempt(() => sessionStorage.getItem(name)) ?? null;
}

/** Null removes it. False when the tab does not keep the text. */
export function writeTabText(name: string, text: string | null): boolean {
  attempt(() => {
    if (text === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  });
  return readTabText(name) === text;
}

/** Whether this tab keeps a text over a reload. */
export function isStoringForTab(): boolean {
  const isKept = writeTabText(probe, '1');
  writeTabText(probe, null);
  return isKept;
}

/** Whether a media query matches; false where that can't be asked. */
export function matchesMedia(query: string): boolean {
  return attempt(() => matchMedia(query).matches) ?? false;
}

/** Calls when a media query begins or ceases to match; the answer ends that. */
export function onMediaChange(query: string, listener: () => void): () => void {
  const list = attempt(() => matchMedia(query));
  attempt(() => {
    list?.addEventListener('change', listener);
  });
  return () => {
    attempt(() => {
      list?.removeEventListener('change', listener);
    });
  };
}

/** Calls when the window gets the focus; the answer ends that. */
export function onFocus(listener: () => void): () => void {
  window.addEventListener('focus', listener);
  return () => {
    window.removeEventListener('focus', listener);
  };
}

/** The languages that the reader prefers, best first; none where the browser does not say. */
export function languages(): readonly string[] {
  return attempt(() => navigator.languages) ?? [];
}

/** Whether the keyboard is one of Apple's, as far as the browser says. */
export const isApple = attempt(() => /Mac|iPhone|iPad/.test(navigator.userAgent)) ?? false;

/** Whether the user lets this site show notifications; `unsupported` where the browser has none. */
export type NotificationAccess = 'unsupported' | NotificationPermission;

export function notificationAccess(): NotificationAccess {
  const permission = attempt(() => Notification.permission);
  return permission === 'default' || permission === 'granted' || permission === 'denied' ? permission : 'unsupported';
}

/** Asks the user, as browsers allow it only in answer to a press of theirs. */
export async function askForNotifications(): Promise<NotificationAccess> {
  await attempt(() => Notification.requestPermission())?.catch(() => undefined);
  return notificationAccess();
}

/** Shows a notification; one of the same tag takes its place, from whichever tab. The answer takes it away. */
export function showNotification(title: string, body: string, tag: string): () => void {
  const notification = attempt(() => new Notification(title, { body, tag }));
  attempt(() => {
    notification?.addEventListener('click', () => {
      focus();
      notification.close();
    });
  });
  return () => {
    attempt(() => notification?.close());
  };
}

/** Plays two short tones; nothing where the browser plays no sound, or none before the page was used. */
export function playChime(): void {
  attempt(() => {
    const audio = new AudioContext();
    const volume = new GainNode(audio, { gain: 0.08 });
    volume.connect(audio.destination);
    [660, 880].forEach((frequency, index) => {
      const tone = new OscillatorNode(audio, { frequency });
      tone.connect(volume);
      tone.start(audio.currentTime + index * 0.18);
      tone.stop(audio.currentTime + index * 0.18 + 0.14);
    });
    setTimeout(() => void audio.close(), 1_000);
  });
}

/** True when the text is on the clipboard. */
export async function copyText(text: string): Promise<boolean> {
  const writing = attempt(() => navigator.clipboard.writeText(text));
  if (writing === undefined) return false;
  return writing.then(
    () => true,
    () => false,
  );
}

/** Hands a file to the browser, as if it had been downloaded. */
export function saveFile(file: File): void {
  attempt(() => {
    const address = URL.createObjectURL(file);
    const link = document.createElement('a');
    link.href = address;
    link.download = file.name;
    link.click();
    // Some browsers read it only after the click.
    setTimeout(() => {
      URL.revokeObjectURL(address);
    }, 60_000);
  });
}

const keptTexts = 'ringdraft-texts';

/** The texts that this browser keeps beside its storage, which is small; each has a path for a name. */
async function inKept<Value>(work: (cache: Cache) => Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await work(await caches.open(keptTexts));
  } catch {
    return otherwise;
  }
}

export function keep(name: string, text: string): Promise<void> {
  return inKept((cache) => cache.put(name, new Response(text)), undefined);
}

/** Null where there is none. */
export function readKept(name: string): Promise<string | null> {
  return inKept(async (cache) => (await cache.match(name))?.text() ?? null, null);
}

export function keptNames(): Promise<readonly string[]> {
  return inKept<readonly string[]>(async (cache) => (await cache.keys()).map(({ url }) => new URL(url).pathname), []);
}

export async function removeKept(name: string): Promise<void> {
  await inKept((cache) => cache.delete(name), false);
}

/**
 * Lets the service worker keep the shell of the pages, and calls when another version waits: `apply` loads that. The
 * answer ends it. Nothing in development, and where the browser has no service workers.
 */
export function watchForUpdate(onUpdate: (apply: () => void) => void): () => void {
  const workers = attempt(() => (navigator as Partial<Navigator>).serviceWorker);
  if (!workers || !import.meta.env.PROD) return () => undefined;
  const watching = new AbortController();
  const { signal } = watching;
  const offer = (waiting: ServiceWorker): void => {
    if (signal.aborted) return;
    onUpdate(() => {
      workers.addEventListener(
        'controllerchange',
        () => {
          location.reload();
        },
        { once: true },
      );
      waiting.postMessage('activate');
    });
  };
  const watch = (registration: ServiceWorkerRegistration): void => {
    // Without a controller the first version is on its way, which nobody has to be asked about.
    if (registration.waiting && workers.controller) offer(registration.waiting);
    registration.addEventListener(
      'updatefound',
      () => {
        const next = registration.installing;
        next?.addEventListener('statechange', () => {
          if (next.state === 'installed' && workers.controller) offer(next);
        });
      },
      { signal },
    );
    document.addEventListener(
      'visibilitychange',
      () => {
        if (!document.hidden) registration.update().catch(() => undefined);
      },
      { signal },
    );
  };
  // Some browsers deny it at the call, others later or with no registration.
  workers
    .register('/serviceWorker.js')
    .then(watch)
    .catch(() => undefined);
  return () => {
    watching.abort();
  };
}

/** Opens the browser's print dialog. */
export function printPage(): void {
  attempt(() => {
    print();
  });
}

/** Gives the tokens of the sign-in around the page; undefined without one. */
export function signInAround(): (() => Promise<string>) | undefined {
  return window.ringdraftToken;
}
