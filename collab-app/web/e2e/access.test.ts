import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, person, type Tab } from './people';
import { type Program, startProgram } from './program';
import { apiOf, draftOfAna } from './rest';

const screenshots = process.env['RINGDRAFT_SCREENSHOTS'] ?? 'target/screenshots';

let program: Program;
let browser: Browser;
let axe: string;
let ferry: string;
let minutes: string;
let done: string;

beforeAll(async () => {
  program = await startProgram();
  browser = await launchBrowser();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await mkdir(screenshots, { recursive: true });
  ferry = await theFerry();
  const ana = apiOf(program.url, 'ana');
  minutes = (await draftOfAna(program.url, 'Minutes, spring meeting', ['Present were all.'])).draft_id;
  await ana.updateDraft(minutes, { status: 'locked' });
  done = (await draftOfAna(program.url, 'A toast', ['To the ones who stayed.'])).draft_id;
  await ana.updateDraft(done, { status: 'completed' });
});

afterAll(async () => {
  await browser?.close();
  await program?.discard();
});

/** A draft with some turns behind it; BEN holds the ring. */
async function theFerry(): Promise<string> {
  const { draft_id: id } = await draftOfAna(program.url, 'The morning ferry', [
    'The ferry left at six, while the town behind us still slept under its own smoke, and nobody on deck had a reason to speak before the coffee came.',
  ]);
  const ana = apiOf(program.url, 'ana');
  const ben = apiOf(program.url, 'ben');
  const cleo = apiOf(program.url, 'cleo');
  await ana.passRing(id, 'ben');
  await ben.appendSegment(
    id,
    'Ben had the map. He had always had the map, even on the days when there was nowhere to go.',
  );
  await ben.appendSegment(
    id,
    'We counted islands the way others count sheep: one for every year that we had promised to come back.',
  );
  await ben.passRing(id, 'cleo');
  await cleo.appendSegment(id, 'At the fourth the engine stopped.\n\n“That’s not on the timetable,” said Cleo.');
  await cleo.passRing(id, 'ben');
  return id;
}

interface State {
  readonly name: string;
  readonly userId: string | null;
  readonly path: () => string;
  readonly reach: (tab: Tab, isPhone: boolean) => Promise<unknown>;
}

const states: readonly State[] = [
  {
    name: 'who-are-you',
    userId: null,
    path: () => '/',
    reach: ({ page }) => page.getByRole('heading', { name: 'Who are you?' }).waitFor(),
  },
  {
    name: 'no-drafts',
    userId: 'zoe',
    path: () => '/',
    reach: ({ page }) => page.getByRole('button', { name: 'Begin a draft' }).waitFor(),
  },
  {
    name: 'my-drafts',
    userId: 'ben',
    path: () => '/',
    reach: ({ page }) => page.getByRole('link', { name: 'The morning ferry' }).waitFor(),
  },
  {
    name: 'new-draft',
    userId: 'ana',
    path: () => '/',
    reach: async ({ page }) => {
      await page.getByRole('button', { name: 'New draft' }).click();
      await page.getByRole('button', { name: 'Create draft' }).click();
      await page.getByText('A draft needs a title.').waitFor();
    },
  },
  {
    name: 'my-turn',
    userId: 'ben',
    path: () => `/drafts/${ferry}`,
    reach: async (tab) => {
      await tab.badge('Live');
      await tab.editor.fill('It was quiet enough to hear the gulls disagree.');
    },
  },
  {
    name: 'waiting',
    userId: 'ana',
    path: () => `/drafts/${ferry}`,
    reach: async (tab) => {
      await tab.badge('Live');
      await tab.waitsFor('ben');
    },
  },
  {
    name: 'members',
    userId: 'ana',
    path: () => `/drafts/${ferry}`,
    reach: async ({ page }, isPhone) => {
      if (isPhone) await page.getByRole('button', { name: '4 members' }).click();
      await page.getByLabel('User id').fill('ben');
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByText('They are a member of this draft already.').waitFor();
    },
  },
  {
    name: 'too-long',
    userId: 'ben',
    path: () => `/drafts/${ferry}`,
    reach: async (tab) => {
      await tab.editor.fill('And so on. '.repeat(50));
      await tab.page.getByText('50 too many').first().waitFor();
    },
  },
  {
    name: 'viewer',
    userId: 'vera',
    path: () => `/drafts/${ferry}`,
    reach: ({ page }) => page.getByText('You read along').waitFor(),
  },
  {
    name: 'locked',
    userId: 'ana',
    path: () => `/drafts/${minutes}`,
    reach: ({ page }) => page.getByText('This draft is locked').waitFor(),
  },
  {
    name: 'completed',
    userId: 'ana',
    path: () => `/drafts/${done}`,
    reach: ({ page }) => page.getByText('This draft is completed').waitFor(),
  },
  {
    name: 'no-such-draft',
    userId: 'ana',
    path: () => '/drafts/none',
    reach: ({ page }) => page.getByRole('heading', { name: 'There is no such draft' }).waitFor(),
  },
  {
    name: 'offline',
    userId: 'ana',
    path: () => `/drafts/${ferry}`,
    reach: async (tab) => {
      await tab.badge('Live');
      await tab.context.setOffline(true);
      await tab.badge('Offline');
    },
  },
];

async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(async () => {
    const options: RunOptions = {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    };
    const { axe: loaded } = window as unknown as { axe: { run: (o: RunOptions) => Promise<AxeResults> } };
    return loaded.run(options);
  });
  return results.violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
}

const sizes = [
  { size: 'phone', width: 390, height: 844 },
  { size: 'desk', width: 1280, height: 860 },
] as const;

describe.each(sizes)('at $width px', ({ size, width, height }) => {
  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    it.each(states)('axe finds nothing in "$name"', async ({ name, userId, path, reach }) => {
      const tab = await person(browser, program.url, userId ?? '', { width, height, colorScheme });
      await tab.open(path());
      await reach(tab, size === 'phone');
      await tab.page.screenshot({ path: `${screenshots}/${name}-${size}-${colorScheme}.png` });

      expect(await findings(tab.page)).toEqual([]);
      expect(tab.faults).toEqual([]);
      await tab.context.close();
    });
  });
});

describe('at 320 px', () => {
  it.each(['/', () => `/drafts/${ferry}`])('nothing has to be scrolled sideways', async (path) => {
    const tab = await person(browser, program.url, 'ben', { width: 320, height: 640 });
    await tab.open(typeof path === 'string' ? path : path());
    await tab.page.getByRole('heading', { level: 1 }).waitFor();

    const width = await tab.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(320);
    await tab.context.close();
  });
});

describe('with the keyboard alone', () => {
  it('one begins a draft, writes, adds somebody and passes the ring', async () => {
    const tab = await person(browser, program.url, 'dora');
    const { page } = tab;
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const element = document.activeElement;
        const label =
          element instanceof HTMLInputElement ||
          element instanceof HTMLTextAreaElement ||
          element instanceof HTMLSelectElement
            ? element.labels?.[0]?.innerText
            : null;
        return (label ?? element?.textContent ?? '').trim();
      });
    const tabTo = async (words: RegExp): Promise<void> => {
      for (let presses = 0; presses < 40; presses += 1) {
        if (words.test(await focused())) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`no way to ${String(words)} by Tab`);
    };

    await tab.open('/');
    await page.getByRole('button', { name: 'Begin a draft' }).waitFor();
    await tabTo(/^Begin a draft$/);
    await page.keyboard.press('Enter');
    await tabTo(/^Title$/);
    await page.keyboard.type('By hand');
    await tabTo(/^Create draft$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'By hand' }).waitFor();
    await expect.poll(focused).toBe('By hand');

    await tabTo(/^Your turn/);
    await page.keyboard.type('No mouse was used.');
    await page.keyboard.press('Control+Enter');
    await tab.hasText('No mouse was used.');
    await tabTo(/^User id$/);
    await page.keyboard.type('eli');
    await page.keyboard.press('Enter');
    await page.getByRole('listitem').filter({ hasText: '@eli' }).waitFor();
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    await tabTo(/^Pass the ring to$/);
    await tabTo(/^Pass$/);
    await page.keyboard.press('Enter');
    await tab.waitsFor('eli');
    await tab.context.close();
  });
});
