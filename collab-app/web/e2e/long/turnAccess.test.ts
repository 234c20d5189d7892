import { mkdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { findings, screenshots } from '../axe';
import { person, type Tab } from '../browser';
import { apiOf, draftOfAna } from '../rest';
import { setUpSuite } from '../setup';

const suite = setUpSuite();
let walk: string;
let ended: string;

beforeAll(async () => {
  await mkdir(screenshots, { recursive: true });
  const ana = apiOf(suite.url, 'ana');
  walk = (await draftOfAna(suite.url, 'A long walk', ['We set out before the rain did.'])).draft_id;
  await ana.updateDraft(walk, { turn_policy: { order: 'requests_first', max_seconds: 7_200, max_segments: 3 } });
  await ana.passRing(walk, 'ben');
  await apiOf(suite.url, 'cleo').requestRing(walk);
  await ana.requestRing(walk);
  ended = (await draftOfAna(suite.url, 'A short walk', ['It was over soon.'])).draft_id;
});

interface State {
  readonly name: string;
  readonly userId: string;
  readonly path: () => string;
  readonly reach: (tab: Tab, isPhone: boolean) => Promise<unknown>;
}

async function aside({ page }: Tab, isPhone: boolean): Promise<void> {
  if (isPhone) await page.getByRole('button', { name: '4 members' }).click();
}

const states: readonly State[] = [
  {
    name: 'turn-mine',
    userId: 'ben',
    path: () => `/drafts/${walk}`,
    reach: async (tab) => {
      await tab.badge('Live');
      await tab.page.getByRole('button', { name: 'Pass to @cleo' }).waitFor();
      await tab.page.getByRole('timer').filter({ hasText: 'left' }).waitFor();
      await tab.editor.fill('By noon the rain had caught up.');
    },
  },
  {
    name: 'turn-asked',
    userId: 'ana',
    path: () => `/drafts/${walk}`,
    reach: async (tab) => {
      await tab.badge('Live');
      await tab.page.getByText('place 2 of 2 in the queue').waitFor();
    },
  },
  {
    name: 'turn-panel',
    userId: 'cleo',
    path: () => `/drafts/${walk}`,
    reach: async (tab, isPhone) => {
      await tab.badge('Live');
      await aside(tab, isPhone);
      await tab.page.getByRole('heading', { name: 'Turns' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'turn-policy',
    userId: 'ana',
    path: () => `/drafts/${walk}`,
    reach: async (tab, isPhone) => {
      await aside(tab, isPhone);
      await tab.page.getByRole('button', { name: 'Change the rules…' }).click();
      await tab.page.getByRole('dialog', { name: 'Rules of the turns' }).getByLabel('How long').waitFor();
    },
  },
  {
    name: 'turn-ended',
    userId: 'ben',
    path: () => `/drafts/${ended}`,
    reach: async (tab) => {
      const ana = apiOf(suite.url, 'ana');
      await tab.badge('Live');
      await ana.passRing(ended, 'ben');
      await tab.mayWrite();
      await tab.editor.fill('But it was not quite');
      await ana.revokeRing(ended);
      await tab.page.getByText('@ana took the ring back.').waitFor();
    },
  },
  {
    name: 'turn-list',
    userId: 'ben',
    path: () => '/',
    reach: ({ page }) => page.getByText(/Your turn · .* left/).waitFor(),
  },
];

describe.each([
  { size: 'phone', width: 390, height: 844 },
  { size: 'desk', width: 1440, height: 900 },
])('at $width px', ({ size, width, height }) => {
  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    it.each(states)('axe finds nothing in $name', async ({ name, userId, path, reach }) => {
      const tab = await person(suite.browser, suite.url, userId, { width, height, colorScheme });
      await tab.open(path());
      await reach(tab, size === 'phone');
      await tab.page.screenshot({ path: `${screenshots}/${name}-${size}-${colorScheme}.png` });

      expect(await findings(tab.page)).toEqual([]);
      expect(tab.faults).toEqual([]);
      expect(await tab.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await tab.context.close();
    });
  });
});
