import { describe, expect, it } from 'vitest';
import { person } from '../browser';
import { apiOf, draftOfAna, textsOf } from '../rest';
import { setUpSuite } from '../setup';

const suite = setUpSuite();
const phone = { width: 390, height: 844 };

describe('the form of a new draft', () => {
  it('keeps what is typed over Escape, a reload and an absent server', async () => {
    const ana = await person(suite.browser, suite.url, 'ana');
    const { page } = ana;
    await ana.open('/');
    const begin = page.getByRole('button', { name: /Begin a draft|New draft/ });
    const title = page.getByLabel('Title');
    await begin.click();
    await title.fill('Half a thought');
    await page.getByLabel(/First segment/).fill('It began');
    await page.getByText('What you type here stays in this browser').waitFor();
    await page.keyboard.press('Escape');
    await begin.click();
    expect(await title.inputValue()).toBe('Half a thought');
    await page.reload();
    await begin.click();
    expect(await title.inputValue()).toBe('Half a thought');

    await ana.context.setOffline(true);
    await page.getByRole('button', { name: 'Create draft' }).click();
    await page.getByText('can’t be reached').or(page.getByText("can't be reached")).waitFor();
    expect(await page.getByLabel(/First segment/).inputValue()).toBe('It began');
    await ana.context.setOffline(false);
    await page.getByRole('button', { name: 'Create draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'Half a thought' }).waitFor();
    await ana.open('/');
    await begin.click();
    expect(await title.inputValue()).toBe('');
    await ana.context.close();
  });
});

describe('a removed member', () => {
  it('is told so in words of its own, and goes on without a reload when added again', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'Out and in', ['One.']);
    const ana = apiOf(suite.url, 'ana');
    const ben = await person(suite.browser, suite.url, 'ben');
    await ben.openDraft(id);
    await ben.badge('Live');
    await ana.removeCollaborator(id, 'ben');
    await ben.badge('Not a member');
    await ben.page.getByText('If you are added again, it goes on by itself.').waitFor();
    await ben.page.getByRole('button', { name: 'Try again' }).waitFor();
    await ana.addCollaborator(id, 'ben');
    await ana.appendSegment(id, 'Two.');
    await ben.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await ben.badge('Live');
    await ben.hasText('Two.');
    expect(ben.faults).toEqual([]);
    await ben.context.close();
  });
});

describe('with 100 collaborators', () => {
  it('one adds at the top, finds by a part of a name, and sees names whole', async () => {
    const { draft_id: id } = await apiOf(suite.url, 'ana').createDraft({ title: 'A crowd' });
    const ana = apiOf(suite.url, 'ana');
    const name = (index: number): string => `somebody-with-a-long-name-of-number-${String(index)}`;
    for (let index = 1; index < 100; index += 1) await ana.addCollaborator(id, name(index));
    const tab = await person(suite.browser, suite.url, 'ana', phone);
    const { page } = tab;
    await tab.openDraft(id);
    await tab.mayWrite();
    await page.getByRole('button', { name: '100 members' }).click();
    const dialog = page.getByRole('dialog', { name: 'About this draft' });
    await dialog.getByLabel('User id').waitFor();
    expect((await dialog.getByLabel('User id').boundingBox())?.y).toBeLessThan(phone.height);
    expect(await dialog.getByRole('listitem').first().textContent()).toContain('@ana (you)');
    await dialog.getByLabel('Find a member').fill('number-77');
    await dialog.getByText('1 member', { exact: true }).waitFor();
    await dialog
      .getByRole('listitem')
      .filter({ hasText: name(77) })
      .waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();

    await page.getByRole('button', { name: 'Choose somebody else…' }).click();
    const choice = page.getByRole('dialog', { name: 'Who is next?' });
    await choice.getByLabel('Find a member').fill('number-8');
    const found = choice.getByRole('button', { name: /number-8/ });
    expect(await found.count()).toBe(11);
    for (const cut of await found.evaluateAll((all) =>
      all.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
    )) {
      expect(cut).toBeLessThanOrEqual(0);
    }
    await choice.getByRole('button', { name: new RegExp(name(88)) }).click();
    await page
      .locator('form.pass-ring')
      .getByText(`@${name(88)}`)
      .waitFor();
    await page.getByRole('button', { name: 'Pass', exact: true }).click();
    await tab.waitsFor(name(88));
    await tab.context.close();
  }, 120_000);
});

describe('text from right to left', () => {
  it('is typed and shown from the right', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'مرحبا بالبحر');
    const ana = await person(suite.browser, suite.url, 'ana');
    await ana.open('/');
    const link = ana.page.getByRole('link', { name: 'مرحبا بالبحر' });
    expect(await link.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
    await ana.openDraft(id);
    const direction = () => ana.editor.evaluate((element) => getComputedStyle(element).direction);
    await ana.editor.fill('שלום');
    expect(await direction()).toBe('rtl');
    await ana.editor.fill('Hello');
    expect(await direction()).toBe('ltr');
    await ana.page.getByRole('button', { name: 'Rename' }).click();
    const title = ana.page.getByLabel('Title');
    expect(await title.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
    await ana.context.close();
  });
});

describe('while another member holds the ring', () => {
  it('one writes ahead, in private, and appends it when the ring comes', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'Ahead');
    const ben = await person(suite.browser, suite.url, 'ben');
    const ana = await person(suite.browser, suite.url, 'ana');
    await ana.openDraft(id);
    await ben.openDraft(id);
    await ben.waitsFor('ana');
    await ben.editor.pressSequentially('I have an idea.');
    await ben.page.getByText('Only you see what you write here.').waitFor();
    await ben.page.reload();
    await ben.waitsFor('ana');
    expect(await ben.editor.inputValue()).toBe('I have an idea.');
    expect(await ana.page.getByText('is writing').locator('visible=true').count()).toBe(0);
    await ana.pass('ben');
    await ben.mayWrite();
    await ben.page.getByText('Your text from before is still here.').waitFor();
    await ben.page.getByRole('button', { name: 'Append' }).click();
    await ana.hasText('I have an idea.');
    expect(await textsOf(suite.url, id)).toEqual(['I have an idea.']);
    await ana.context.close();
    await ben.context.close();
  });
});

describe('by keyboard and screen reader', () => {
  it('three skip links lead to page, text and editor', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'Shortcuts', ['One.']);
    const ana = await person(suite.browser, suite.url, 'ana');
    await ana.openDraft(id);
    await ana.mayWrite();
    const focused = () => ana.page.evaluate(() => document.activeElement?.id ?? '');
    for (const [presses, target] of [
      [1, 'page'],
      [2, 'text'],
      [3, 'editor'],
    ] as const) {
      await ana.page.evaluate(() => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        getSelection()?.removeAllRanges();
        document.body.tabIndex = -1;
        document.body.focus();
      });
      for (let press = 0; press < presses; press += 1) await ana.page.keyboard.press('Tab');
      await ana.page.keyboard.press('Enter');
      expect(await focused()).toBe(target);
    }
    await ana.context.close();
  });

  it('each event is said once, and many are joined', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'Read to me');
    const ana = apiOf(suite.url, 'ana');
    const ben = await person(suite.browser, suite.url, 'ben');
    await ben.openDraft(id);
    await ben.badge('Live');
    const said = ben.page.getByRole('log').getByRole('paragraph');
    await ana.appendSegment(id, 'One.');
    await said.filter({ hasText: '@ana added: One.' }).waitFor();
    await ben.context.setOffline(true);
    for (const text of ['Two.', 'Three.', 'Four.', 'Five.', 'Six.']) await ana.appendSegment(id, text);
    await ben.context.setOffline(false);
    await said.filter({ hasText: '5 segments were added, the last by @ana: Six.' }).waitFor({ timeout: 40_000 });
    expect(await said.count()).toBe(2);
    await ben.context.close();
  });
});

describe('the reader’s language', () => {
  it('has words, clock and lang of German', async () => {
    const dora = await person(suite.browser, suite.url, 'dora', { locale: 'de-DE' });
    await dora.open('/');
    await dora.page.getByRole('heading', { level: 1, name: 'Meine Entwürfe' }).waitFor();
    expect(await dora.page.locator('html').getAttribute('lang')).toBe('de');
    await dora.context.close();
    const english = await person(suite.browser, suite.url, 'dora', { locale: 'en-GB' });
    await english.open('/');
    await english.page.getByRole('heading', { level: 1, name: 'My drafts' }).waitFor();
    expect(await english.page.locator('html').getAttribute('lang')).toBe('en');
    await english.context.close();
  });
});

describe('the icons', () => {
  it.each([
    ['/favicon.ico', 'image/x-icon'],
    ['/apple-touch-icon.png', 'image/png'],
    ['/manifest.webmanifest', 'application/manifest+json'],
    ['/icon-192.png', 'image/png'],
    ['/icon-512.png', 'image/png'],
    ['/icon-maskable-512.png', 'image/png'],
  ])('%s is there', async (path, type) => {
    const answer = await fetch(suite.url + path);
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, type]);
  });
});
