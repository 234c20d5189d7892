// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const denied = (): never => {
  throw new DOMException('denied', 'SecurityError');
};
const deniedCalls = new Proxy({}, { get: () => denied });
const keepsNothing = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined, length: 0 };
const full = { ...keepsNothing, setItem: denied };

const absence: Readonly<Record<string, PropertyDescriptor>> = {
  absent: { value: undefined },
  'throws on access': { get: denied },
  'throws on call': { value: deniedCalls },
};
const storageModes = { ...absence, 'is null': { value: null }, 'keeps nothing': { value: keepsNothing } };
const capabilities: Readonly<Record<string, Readonly<Record<string, PropertyDescriptor>>>> = {
  localStorage: { ...storageModes, 'is full': { value: full } },
  sessionStorage: { ...storageModes, 'is full': { value: full } },
  matchMedia: {
    ...absence,
    'throws on call': { value: denied },
    'gives what throws': { value: () => Object.defineProperty({}, 'matches', { get: denied }) },
    'gives no events': { value: () => ({ matches: false }) },
  },
  navigator: { ...absence, 'has no name': { value: {} } },
  crypto: absence,
  indexedDB: absence,
  caches: absence,
  cookieStore: absence,
  BroadcastChannel: absence,
  Notification: absence,
  AudioContext: absence,
};
const rows = Object.entries(capabilities).flatMap(([name, modes]) =>
  Object.entries(modes).map(([mode, descriptor]) => ({ name, mode, descriptor })),
);

let restore: () => void = () => undefined;

beforeEach(() => {
  vi.resetModules();
  localStorage.clear();
  sessionStorage.clear();
});

afterEach(() => {
  restore();
  restore = () => undefined;
});

function deny(name: string, descriptor: PropertyDescriptor): void {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { configurable: true, ...descriptor });
  restore = () => {
    if (before === undefined) Reflect.deleteProperty(globalThis, name);
    else Object.defineProperty(globalThis, name, before);
  };
}

describe('the browser', () => {
  it.each(rows)('may lack $name: $mode', async ({ name, descriptor }) => {
    deny(name, descriptor);
    const browser = await import('./browser');

    expect(browser.isStoring()).toBe(name !== 'localStorage');
    expect(browser.isStoringForTab()).toBe(name !== 'sessionStorage');
    const { storage } = browser.environment;
    storage.write('text', 'half a sentence');
    expect(storage.read('text')).toBe('half a sentence');
    expect(storage.keeps('text')).toBe(name !== 'localStorage');
    storage.remove('text');
    expect(storage.read('text')).toBeNull();
    expect(browser.writeTabText('user', 'ana')).toBe(name !== 'sessionStorage');
    expect(browser.readTabText('user')).toBe(name === 'sessionStorage' ? null : 'ana');
    browser.writeTabText('user', null);
    expect(browser.readTabText('user')).toBeNull();
    expect(browser.matchesMedia('(min-width: 100000px)')).toBe(false);
    browser.onMediaChange('(min-width: 100000px)', () => undefined)();
    expect(typeof browser.isApple).toBe('boolean');
    expect(browser.newIdempotencyKey()).toMatch(/^[0-9a-f]{32}$/);
    expect(browser.newIdempotencyKey()).not.toBe(browser.newIdempotencyKey());
    expect(browser.signInAround()).toBeUndefined();
    expect(['unsupported', 'default', 'granted', 'denied']).toContain(await browser.askForNotifications());
    browser.showNotification('Your turn', 'in The lighthouse', 'tag')();
    browser.playChime();
    expect(typeof (await browser.copyText('half a sentence'))).toBe('boolean');
    await browser.keep('/text', 'half a sentence');
    expect([null, 'half a sentence']).toContain(await browser.readKept('/text'));
    await browser.removeKept('/text');
    expect(await browser.keptNames()).toEqual([]);
    browser.watchForUpdate(() => undefined)();
  });

  it('is asked for a media query as it changes, until that is no longer wanted', async () => {
    const list = Object.assign(new EventTarget(), { matches: true });
    deny('matchMedia', { value: () => list });
    const { matchesMedia, onMediaChange } = await import('./browser');
    const heard = vi.fn();
    const end = onMediaChange('(min-width: 1px)', heard);
    list.dispatchEvent(new Event('change'));
    end();
    list.dispatchEvent(new Event('change'));
    expect(matchesMedia('(min-width: 1px)')).toBe(true);
    expect(heard).toHaveBeenCalledOnce();
  });
});
