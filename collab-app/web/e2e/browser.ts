import {
  type Browser,
  type BrowserContext,
  chromium,
  type LaunchOptions,
  type Locator,
  type Page,
} from 'playwright-core';
import { expect } from 'vitest';

export function launchBrowser(options: readonly string[] = []): Promise<Browser> {
  return chromium.launch(launchOptions(options));
}

export function launchOptions(options: readonly string[] = []): LaunchOptions {
  return {
    executablePath: process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...options,
    ],
  };
}

export interface ViewportOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
  readonly locale?: string;
  /** Blocked when left out: routes of a test see no request that a service worker answers. */
  readonly serviceWorkers?: 'allow' | 'block';
}

/** One tab of one person, and what can be seen and done in it. */
export interface Tab {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly editor: Locator;
  readonly segments: Locator;
  readonly badge: (
    name: 'Live' | 'Syncing' | 'Offline' | 'Server away' | 'Signed out' | 'Not a member',
  ) => Promise<void>;
  readonly open: (path: string) => Promise<void>;
  readonly openDraft: (draftId: string) => Promise<void>;
  readonly append: (text: string) => Promise<void>;
  readonly pass: (toUserId: string) => Promise<void>;
  readonly hasText: (text: string, timeoutMs?: number) => Promise<void>;
  readonly texts: () => Promise<readonly string[]>;
  readonly mayWrite: () => Promise<void>;
  readonly waitsFor: (userId: string) => Promise<void>;
  /** What the page broke of its Content-Security-Policy, and what failed in it. */
  readonly faults: readonly string[];
}

const waitTimeoutMs = 15_000;

/** A person in a browser of their own. */
export async function person(
  browser: Browser,
  url: string,
  userId: string,
  options: ViewportOptions = {},
): Promise<Tab> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 860 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.reducedMotion ?? 'reduce',
    serviceWorkers: options.serviceWorkers ?? 'block',
    ...(options.locale === undefined ? {} : { locale: options.locale }),
  });
  return tabOf(context, url, userId);
}

/** Another tab in a browser that is open already. */
export async function tabOf(context: BrowserContext, url: string, userId: string): Promise<Tab> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.setDefaultTimeout(waitTimeoutMs);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  await page.addInitScript((user) => {
    sessionStorage.setItem('ringdraft.user', user);
  }, userId);

  const editor = page.getByRole('region', { name: 'Editor' }).getByRole('textbox');
  const segments = page.getByRole('list', { name: 'Segments' }).getByRole('listitem');
  const contents = page.locator('.segment-text');
  return {
    page,
    context,
    editor,
    segments,
    faults,
    badge: (name) => page.getByRole('status').filter({ hasText: name }).waitFor({ timeout: 45_000 }),
    open: async (path) => {
      await page.goto(url + path);
    },
    openDraft: async (draftId) => {
      await page.goto(`${url}/drafts/${draftId}`);
      await page
        .getByRole('status')
        .filter({ hasText: /Live|Syncing/ })
        .waitFor();
    },
    append: async (text) => {
      await editor.fill(text);
      await page.getByRole('button', { name: 'Append' }).click();
    },
    pass: async (toUserId) => {
      const form = page.locator('form.pass-ring');
      await form.waitFor();
      if ((await form.locator('strong').textContent()) !== `@${toUserId}`) {
        await form.getByRole('button', { name: 'Choose somebody else…' }).click();
        const dialog = page.getByRole('dialog', { name: 'Who is next?' });
        await dialog.getByRole('button', { name: new RegExp(`^@${toUserId}( |$)`) }).click();
      }
      await form.getByRole('button', { name: 'Pass', exact: true }).click();
    },
    hasText: (text, timeoutMs = waitTimeoutMs) => contents.filter({ hasText: text }).waitFor({ timeout: timeoutMs }),
    texts: () => contents.allTextContents(),
    mayWrite: async () => {
      await page.getByRole('status').filter({ hasText: 'You hold the ring' }).waitFor();
      await page.getByRole('region', { name: 'Editor' }).getByText('Your turn: the next segment').waitFor();
      expect(await editor.isEditable()).toBe(true);
    },
    waitsFor: async (userId) => {
      const region = page.getByRole('region', { name: 'Editor' });
      await region.getByText(`Waiting for @${userId}`).waitFor();
      expect(await region.getByRole('button', { name: 'Append' }).count()).toBe(0);
    },
  };
}
