import { mkdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { findings, screenshots } from '../axe';
import { person, type Tab } from '../browser';
import { apiOf, draftOfAna } from '../rest';
import { startSocketRefusingProxy } from '../socketRefusingProxy';
import { setUpSuite } from '../setup';

const suite = setUpSuite();
let ferry: string;
let minutes: string;
let done: string;
let own: string;

beforeAll(async () => {
  await mkdir(screenshots, { recursive: true });
  ferry = await theFerry();
  const ana = apiOf(suite.url, 'ana');
  minutes = (await draftOfAna(suite.url, 'Minutes, spring meeting', ['Present were all.'])).draft_id;
  await ana.updateDraft(minutes, { status: 'locked' });
  done = (await draftOfAna(suite.url, 'A toast', ['To the ones who stayed.'])).draft_id;
  await ana.updateDraft(done, { status: 'completed' });
  const dora = await apiOf(suite.url, 'dora').createDraft({
    title: 'A slow one',
    initial_segment: 'It began quickly.',
  });
  own = dora.draft_id;
});

/** A draft with some turns behind it; BEN holds the ring. */
async function theFerry(): Promise<string> {
  const { draft_id: id } = await draftOfAna(suite.url, 'The morning ferry', [
    'The ferry left at six, while the town behind us still slept under its own smoke, and nobody on deck had a reason to speak before the coffee came.',
  ]);
  const ana = apiOf(suite.url, 'ana');
  const ben = apiOf(suite.url, 'ben');
  const cleo = apiOf(suite.url, 'cleo');
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
    name: 'being-written',
    userId: 'ana',
    path: () => `/drafts/${ferry}`,
    reach: async (tab) => {
      await tab.badge('Live');
      const ben = await person(suite.browser, suite.url, 'ben');
      await ben.openDraft(ferry);
      await ben.badge('Live');
      await ben.editor.pressSequentially('It was quiet');
      await tab.page.getByText('and is writing…').waitFor();
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
      await page.getByText('This user is already a member of the draft.').waitFor();
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
    reach: ({ page }) => page.getByText('You are a viewer').waitFor(),
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
    reach: async ({ page }) => {
      await page.getByRole('button', { name: 'Copy the text' }).waitFor();
    },
  },
  {
    name: 'no-such-draft',
    userId: 'ana',
    path: () => '/drafts/none',
    reach: ({ page }) => page.getByRole('heading', { name: 'There is no such draft' }).waitFor(),
  },
  {
    name: 'pending',
    userId: 'dora',
    path: () => `/drafts/${own}`,
    reach: async (tab) => {
      await tab.page.route('**/segments', () => undefined);
      await tab.append('This one takes its time.');
      await tab.segments.filter({ hasText: 'Saving…' }).waitFor();
    },
  },
];

const sizes = [
  { size: 'phone', width: 390, height: 844 },
  { size: 'desk', width: 1280, height: 860 },
] as const;

describe.each(sizes)('at $width px', ({ size, width, height }) => {
  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    it.each(states)('axe finds nothing in $name', async ({ name, userId, path, reach }) => {
      const tab = await person(suite.browser, suite.url, userId ?? '', { width, height, colorScheme });
      await tab.open(path());
      await reach(tab, size === 'phone');
      expect(await tab.page.getByText('Development mode.').isVisible()).toBe(true);
      await tab.page.screenshot({ path: `${screenshots}/${name}-${size}-${colorScheme}.png` });

      expect(await findings(tab.page)).toEqual([]);
      expect(tab.faults).toEqual([]);
      await tab.context.close();
    });
  });
});

const viewports = sizes.flatMap(({ size, width, height }) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ size, width, height, colorScheme })),
);

describe('on a phone', () => {
  it.each([390, 320])('at %i px development mode stays in sight and covers nothing', async (width) => {
    const texts = Array.from({ length: 30 }, (_, index) => `Segment ${String(index)}. ${'It went on. '.repeat(12)}`);
    const { draft_id: id } = await draftOfAna(suite.url, 'Long', texts);
    const tab = await person(suite.browser, suite.url, 'ana', { width, height: 844 });
    await tab.openDraft(id);
    await tab.mayWrite();
    for (const share of [0, 0.5, 1]) {
      const seen = await tab.page.evaluate((part) => {
        scrollTo({ top: part * (document.documentElement.scrollHeight - innerHeight), behavior: 'instant' });
        const box = (selector: string): DOMRect | undefined =>
          document.querySelector(selector)?.getBoundingClientRect();
        const banner = document.querySelector('.development');
        return {
          top: box('.development')?.top,
          bottom: box('.development')?.bottom ?? 0,
          statusBar: box('.status-bar')?.top ?? 0,
          statusBarBottom: box('.status-bar')?.bottom ?? 0,
          dock: box('.dock')?.top ?? 0,
          isWhole: banner !== null && banner.scrollHeight <= banner.clientHeight,
        };
      }, share);
      await tab.page.screenshot({ path: `${screenshots}/banner-${String(width)}-${String(share)}.png` });
      expect(seen.top).toBe(0);
      expect(seen.isWhole).toBe(true);
      expect(seen.statusBar).toBeGreaterThanOrEqual(seen.bottom);
      expect(seen.dock - seen.statusBarBottom).toBeGreaterThan(200);
    }
    await tab.context.close();
  });
});

describe('in every viewport', () => {
  it('axe finds nothing while the page is Syncing', async () => {
    const proxy = await startSocketRefusingProxy(suite.url);
    for (const { size, ...viewport } of viewports) {
      const tab = await person(suite.browser, proxy.url, 'ben', viewport);
      await tab.openDraft(ferry);
      await tab.badge('Syncing');
      await tab.page.screenshot({ path: `${screenshots}/syncing-${size}-${viewport.colorScheme}.png` });
      expect(await findings(tab.page)).toEqual([]);
      await tab.context.close();
    }
    await proxy.close();
  });

  it('axe finds nothing where a sign-in is missing', async () => {
    for (const { size, ...viewport } of viewports) {
      const tab = await person(suite.browser, suite.url, 'ana', viewport);
      await tab.page.route('**/v1/collab/session', (route) =>
        route.fulfill({ json: { data: { user_id: null, development: false } } }),
      );
      await tab.open('/');
      await tab.page.getByRole('heading', { name: 'Please sign in' }).waitFor();
      expect(await tab.page.getByText('Development mode.').count()).toBe(0);
      await tab.page.screenshot({ path: `${screenshots}/sign-in-${size}-${viewport.colorScheme}.png` });
      expect(await findings(tab.page)).toEqual([]);
      await tab.context.close();
    }
  });

  it('axe finds nothing in what comes back to its author', async () => {
    for (const { size, ...viewport } of viewports) {
      const { draft_id: id } = await draftOfAna(suite.url, 'Too late', ['The train left on time.']);
      const tab = await person(suite.browser, suite.url, 'ana', viewport);
      await tab.openDraft(id);
      await tab.badge('Live');
      await tab.context.setOffline(true);
      await tab.append('Nobody was on it but the conductor and a bag of oranges.');
      await apiOf(suite.url, 'ana').passRing(id, 'ben');
      await tab.context.setOffline(false);
      await tab.page.getByText('Your segment was not saved.').waitFor({ timeout: 45_000 });
      await tab.waitsFor('ben');
      await tab.page.screenshot({ path: `${screenshots}/rejected-${size}-${viewport.colorScheme}.png` });
      expect(await findings(tab.page)).toEqual([]);
      await tab.context.close();
    }
  }, 240_000);

  it('axe finds nothing while the page is Offline', async () => {
    const tabs = await Promise.all(
      viewports.map(async ({ size, ...viewport }) => ({
        tab: await person(suite.browser, suite.url, 'ben', viewport),
        path: `${screenshots}/offline-${size}-${viewport.colorScheme}.png`,
      })),
    );
    for (const { tab } of tabs) {
      await tab.openDraft(ferry);
      await tab.badge('Live');
      await tab.editor.fill('The tide has no timetable either');
    }
    await suite.program.stop();
    for (const { tab, path } of tabs) {
      await tab.badge('Server away');
      await tab.page.screenshot({ path });
      expect(await findings(tab.page)).toEqual([]);
      await tab.context.close();
    }
    await suite.program.start();
  }, 240_000);
});

describe('at 320 px', () => {
  it.each([
    { place: 'my drafts', path: () => '/' },
    { place: 'a draft', path: () => `/drafts/${ferry}` },
  ])('nothing has to be scrolled sideways in $place', async ({ path }) => {
    const tab = await person(suite.browser, suite.url, 'ben', { width: 320, height: 640 });
    await tab.open(path());
    await tab.page.getByRole('heading', { level: 1 }).waitFor();

    const width = await tab.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(320);
    await tab.context.close();
  });
});

describe('with the keyboard alone', () => {
  it('one begins a draft, writes, adds somebody and passes the ring', async () => {
    const tab = await person(suite.browser, suite.url, 'gil');
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
    await tabTo(/^Pass$/);
    await page.keyboard.press('Enter');
    await tab.waitsFor('eli');
    await tab.context.close();
  });
});
