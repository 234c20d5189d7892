// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { resolveEnvironment, type PageChange } from '../src/environment.js';

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('the environment of a browser', () => {
  it('reports when the page is shown, hidden, or the network comes or goes, until that is no longer wanted', () => {
    const { page } = resolveEnvironment();
    const changes: PageChange[] = [];
    const end = page.onChange((change) => changes.push(change));
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    expect(page.isVisible()).toBe(false);
    document.dispatchEvent(new Event('visibilitychange'));
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('resume'));
    window.dispatchEvent(new Event('pageshow'));
    end();
    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    document.dispatchEvent(new Event('resume'));
    window.dispatchEvent(new Event('pageshow'));
    expect(changes).toEqual(['hidden', 'visible', 'offline', 'online', 'visible', 'visible']);
  });

  it('keeps text in localStorage, and reports what other tabs did', () => {
    const { storage } = resolveEnvironment();
    const heard = vi.fn();
    const end = storage.onChange(heard);
    storage.write('a', '1');
    storage.write('b', '2');
    storage.remove('a');
    expect(storage.names()).toEqual(['b']);
    expect(storage.read('b')).toBe('2');
    expect(storage.read('a')).toBeNull();
    window.dispatchEvent(new Event('storage'));
    end();
    window.dispatchEvent(new Event('storage'));
    expect(heard).toHaveBeenCalledOnce();
  });

  it('keep text in memory where storage is forbidden, and say so', () => {
    vi.stubGlobal('localStorage', null);
    const { storage } = resolveEnvironment();
    storage.write('a', '1');
    storage.write('b', '2');
    storage.remove('a');
    expect(storage.names()).toEqual(['b']);
    expect(storage.read('a')).toBeNull();
    expect(storage.read('b')).toBe('2');
    expect(storage.keeps('b')).toBe(false);
  });

  it('are taken as they are when they were resolved before', () => {
    const resolved = resolveEnvironment({ storage: null });
    expect(resolveEnvironment(resolved).storage).toBe(resolved.storage);
  });

  it('share permits between tabs by Web Locks, and are without where these are absent, denied or throw', async () => {
    const taken = new Set<string>();
    const locks = {
      async request(name: string, _options: LockOptions, work: (lock: Lock | null) => Promise<unknown>) {
        if (taken.has(name)) return work(null);
        taken.add(name);
        await work({ name, mode: 'exclusive' });
        taken.delete(name);
        return undefined;
      },
    };
    vi.stubGlobal('navigator', { locks });
    const tabs = [1, 2, 3].map(() => resolveEnvironment().longPolls);
    const permits = await Promise.all(tabs.flatMap((tab) => tab?.tryAcquire() ?? []));
    expect(permits.map((permit) => typeof permit)).toEqual(['function', 'function', 'object']);
    permits[0]?.();
    await new Promise((resolve) => setTimeout(resolve));
    expect(await tabs[2]?.tryAcquire()).toBeTypeOf('function');
    vi.stubGlobal('navigator', {
      locks: { request: () => Promise.reject(new DOMException('denied', 'SecurityError')) },
    });
    await expect(resolveEnvironment().longPolls?.tryAcquire()).rejects.toThrow('denied');
    vi.stubGlobal('navigator', {
      locks: {
        request: () => {
          throw new DOMException('detached', 'InvalidStateError');
        },
      },
    });
    await expect(resolveEnvironment().longPolls?.tryAcquire()).rejects.toThrow('detached');
    vi.stubGlobal('navigator', {
      get locks() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    expect(resolveEnvironment({ locks: null }).longPolls).toBeNull();
  });

  it('lock by Web Locks where there are some', async () => {
    const request = vi.fn((_name: string, work: () => Promise<unknown>) => work());
    vi.stubGlobal('navigator', { locks: { request } });
    expect(await resolveEnvironment().locks?.exclusively('outbox', () => Promise.resolve(7))).toBe(7);
    expect(request).toHaveBeenCalledWith('outbox', expect.any(Function));
    vi.stubGlobal('navigator', {});
    expect(resolveEnvironment().locks).toBeNull();
  });

  it('make ids that differ, of 128 bits', () => {
    const { randomId } = resolveEnvironment();
    const ids = new Set(Array.from({ length: 100 }, randomId));
    expect(ids.size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  it('let any part be replaced', () => {
    const random = () => 0.25;
    expect(resolveEnvironment({ random }).random).toBe(random);
  });
});
