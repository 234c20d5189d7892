import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { person, type Tab, type ViewportOptions } from '../browser';
import { apiOf, draftOfAna } from '../rest';
import { setUpSuite } from '../setup';

const suite = setUpSuite();
const phone = { width: 390, height: 844 };
const desk = { width: 1440, height: 900 };

function longTexts(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) => `${String(index)}: ${'It went on and on. '.repeat(3 + (index % 20))}`,
  );
}

async function open(userId: string, draftId: string, options: ViewportOptions = {}): Promise<Tab> {
  const tab = await person(suite.browser, suite.url, userId, options);
  await tab.openDraft(draftId);
  await tab.badge('Live');
  return tab;
}

/** How far the end of the page is below the window, in pixels. */
function belowWindow({ page }: Tab): Promise<number> {
  return page.evaluate(() => {
    const { scrollHeight, clientHeight } = document.documentElement;
    return Math.round(scrollHeight - clientHeight - scrollY);
  });
}

/** True when a segment stands between what is fixed above and below it. */
async function isInSight({ page }: Tab, text: string): Promise<boolean> {
  return page
    .locator('.segment-text')
    .filter({ hasText: text })
    .evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      const below = document.querySelector('.dock .editor')?.getBoundingClientRect().top ?? innerHeight;
      return bottom > 0 && top < below && bottom <= below + 1;
    });
}

/** The upper edge of a segment in the window; it waits until the page stands still. */
async function topOf({ page }: Tab, text: string): Promise<number> {
  const top = () =>
    page
      .locator('.segment-text')
      .filter({ hasText: text })
      .evaluate((element) => Math.round(element.getBoundingClientRect().top));
  let last = Number.NaN;
  await expect
    .poll(async () => {
      const before = last;
      last = await top();
      return last === before;
    })
    .toBe(true);
  return last;
}

async function leave({ context, faults }: Tab): Promise<void> {
  expect(faults).toEqual([]);
  await context.close();
}

describe.each([phone, desk])('at $width px', (size) => {
  it.each(['reduce', 'no-preference'] as const)(
    'one press reaches the end of a long text, and an own segment comes into sight (motion: %s)',
    async (reducedMotion) => {
      const { draft_id: id } = await draftOfAna(suite.url, 'To the end', longTexts(60));
      const ana = await open('ana', id, { ...size, reducedMotion });
      const last = '59: ';
      await ana.page.evaluate(() => {
        scrollTo({ top: 0, behavior: 'instant' });
      });
      await ana.page.getByRole('button', { name: 'To the end ↓' }).click();
      await expect.poll(() => belowWindow(ana)).toBeLessThanOrEqual(1);
      expect(await isInSight(ana, last)).toBe(true);

      await ana.page.evaluate(() => {
        scrollTo({ top: 0, behavior: 'instant' });
      });
      await ana.append('What I append is in sight.');
      await ana.segments.filter({ hasText: 'What I append' }).filter({ hasNotText: 'Saving' }).waitFor();
      await expect.poll(() => isInSight(ana, 'What I append')).toBe(true);
      await leave(ana);
    },
  );

  it('the place is kept on reload and on the way back', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'A bookmark', longTexts(60));
    const ana = await open('ana', id, size);
    const read = '30: ';
    await ana.page.locator('.segment').filter({ hasText: read }).scrollIntoViewIfNeeded();
    const before = await topOf(ana, read);
    await ana.page.waitForTimeout(400);
    await ana.page.reload();
    await ana.badge('Live');
    await expect.poll(() => topOf(ana, read)).toBeGreaterThan(before - 4);
    expect(Math.abs((await topOf(ana, read)) - before)).toBeLessThan(4);

    await ana.page.getByRole('link', { name: 'Ringdraft' }).click();
    await ana.page.getByRole('heading', { level: 1, name: 'My drafts' }).waitFor();
    await ana.page.goBack();
    await ana.badge('Live');
    await expect.poll(async () => Math.abs((await topOf(ana, read)) - before)).toBeLessThan(4);
    await leave(ana);
  });

  it('a reader comes back to what is new', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'News', longTexts(30));
    const ben = await open('ben', id, size);
    await ben.page.getByRole('button', { name: 'To the end ↓' }).click();
    await expect.poll(() => belowWindow(ben)).toBeLessThanOrEqual(1);
    await ben.page.waitForTimeout(400);
    await ben.open('/');
    const ana = apiOf(suite.url, 'ana');
    for (const text of longTexts(34).slice(30)) await ana.appendSegment(id, text);
    const card = ben.page.getByRole('listitem').filter({ hasText: 'News' });
    await card.getByText('4 new').waitFor({ timeout: 20_000 });

    await ben.openDraft(id);
    const line = ben.page.locator('.segment').filter({ hasText: 'New since' });
    await line.filter({ hasText: '30: ' }).waitFor();
    await expect
      .poll(() =>
        ben.page.locator('.new-since').evaluate((element) => {
          const { top } = element.getBoundingClientRect();
          return top > 0 && top < innerHeight;
        }),
      )
      .toBe(true);
    await leave(ben);
  });
});

describe('presence', () => {
  it('moves nothing when members come, type and go', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'Come and go', ['One line.']);
    const ben = await open('ben', id, phone);
    const before = await topOf(ben, 'One line.');
    const ana = await open('ana', id);
    await ben.page.getByText('Here with you: @ana').waitFor();
    await ana.editor.pressSequentially('Typing');
    await ben.page.getByText('and is writing…').waitFor();
    expect(await topOf(ben, 'One line.')).toBe(before);
    const others = await Promise.all(['cleo', 'vera'].map((user) => open(user, id)));
    await ben.page.getByText(/Here with you: @ana, @(cleo and @vera|vera and @cleo)/).waitFor();
    expect(await topOf(ben, 'One line.')).toBe(before);
    for (const tab of [ana, ...others]) await tab.context.close();
    await ben.page.getByText('Only you are here').waitFor();
    expect(await topOf(ben, 'One line.')).toBe(before);
    await leave(ben);
  });
});

describe('a reading view', () => {
  it('is how a completed draft opens: text alone, to copy, to download and to print', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'A toast', [
      'To the ones who stayed.',
      'And the ones who left.',
    ]);
    await apiOf(suite.url, 'ana').updateDraft(id, { status: 'completed' });
    const ben = await person(suite.browser, suite.url, 'ben', phone);
    await ben.open(`/drafts/${id}`);
    await ben.hasText('To the ones who stayed.');
    expect(await ben.page.getByText('@ana').count()).toBe(0);
    await ben.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await ben.page.getByRole('button', { name: 'Copy the text' }).click();
    await ben.page.getByText('Copied').waitFor();
    const text = 'To the ones who stayed.\n\nAnd the ones who left.';
    expect(await ben.page.evaluate(() => navigator.clipboard.readText())).toBe(text);
    await ben.page.getByLabel('Show who wrote what').check();
    await ben.page.getByText('@ana').waitFor();
    await ben.page.getByLabel('Format of the file').selectOption('Text');
    const [download] = await Promise.all([
      ben.page.waitForEvent('download'),
      ben.page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('A-toast-r7.txt');
    expect(readFileSync(await download.path(), 'utf8')).toBe(`@ana\n\n${text}\n`);
    await ben.page.getByRole('button', { name: 'Back to the draft' }).click();
    await ben.page.getByText('The text is complete').waitFor();
    await leave(ben);
  });

  it('on paper there is the text with its authors, and nothing to press', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'On paper', ['Ink dries.']);
    const ana = await open('ana', id, desk);
    await ana.page.emulateMedia({ media: 'print' });
    expect(await ana.page.getByText('Ink dries.').isVisible()).toBe(true);
    expect(await ana.page.locator('.segment-author').isVisible()).toBe(true);
    expect(await ana.page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
    for (const part of ['button', '.development', '.status-bar', '.dock', '.draft-aside']) {
      expect(await ana.page.locator(part).locator('visible=true').count(), part).toBe(0);
    }
    await leave(ana);
  });
});
