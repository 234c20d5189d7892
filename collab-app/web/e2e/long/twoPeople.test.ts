import { describe, expect, it } from 'vitest';
import { person, tabOf } from '../browser';
import { apiOf, draftOfAna, textsOf } from '../rest';
import { setUpSuite } from '../setup';

const suite = setUpSuite();

describe('two people', () => {
  it('the others see that the holder writes, until they append, pause or pass', async () => {
    const draft = await draftOfAna(suite.url, 'In the making');
    const ana = await person(suite.browser, suite.url, 'ana');
    const ben = await person(suite.browser, suite.url, 'ben');
    await ana.openDraft(draft.draft_id);
    await ben.openDraft(draft.draft_id);
    await ana.badge('Live');
    await ben.badge('Live');
    const writing = ben.page.getByText('and is writing…');
    const readOut = ben.page.getByRole('status').filter({ hasText: '@ana is writing.' });

    await ana.editor.pressSequentially('Once');
    await writing.waitFor();
    await readOut.waitFor();
    await ana.editor.press('Control+Enter');
    await ben.hasText('Once');
    await writing.waitFor({ state: 'hidden' });

    await ana.editor.pressSequentially('upon a time, when', { delay: 100 });
    await writing.waitFor();
    // Nothing more is typed: it ends by itself.
    await writing.waitFor({ state: 'hidden' });
    expect(await readOut.count()).toBe(1);

    await ana.editor.pressSequentially(' the');
    await writing.waitFor();
    await ana.pass('ben');
    await ben.mayWrite();
    expect(await writing.isVisible()).toBe(false);
    await expect.poll(() => readOut.count()).toBe(0);
    expect(await ana.page.getByText('is writing').locator('visible=true').count()).toBe(0);
    expect([...ana.faults, ...ben.faults]).toEqual([]);
    await ana.context.close();
    await ben.context.close();
  });

  it('an own append shows at once, as one that is being saved, and settles', async () => {
    const draft = await draftOfAna(suite.url, 'At once');
    const ana = await person(suite.browser, suite.url, 'ana');
    await ana.openDraft(draft.draft_id);
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await ana.page.route('**/segments', async (route) => {
      await held;
      await route.continue();
    });

    await ana.append('On its way.');

    await ana.segments.filter({ hasText: 'On its way.' }).filter({ hasText: 'Saving…' }).waitFor();
    expect(await ana.editor.inputValue()).toBe('');
    letGo();
    await expect.poll(() => ana.page.locator('.segment.pending').count()).toBe(0);
    expect(await ana.texts()).toEqual(['On its way.']);
    await ana.context.close();
  });

  it('what one reads does not move when something new comes; a button leads to it', async () => {
    const paragraphs = Array.from(
      { length: 30 },
      (_, index) => `Paragraph ${String(index)}: ${'words and words '.repeat(12)}`,
    );
    const draft = await draftOfAna(suite.url, 'A long read', paragraphs);
    const ben = await person(suite.browser, suite.url, 'ben');
    await ben.openDraft(draft.draft_id);
    await ben.hasText('Paragraph 29');
    await ben.page.mouse.wheel(0, 400);
    await expect.poll(() => ben.page.evaluate(() => scrollY)).toBeGreaterThan(100);
    const place = await ben.segments.nth(4).boundingBox();

    await apiOf(suite.url, 'ana').appendSegment(draft.draft_id, 'News from the end.');

    const button = ben.page.getByRole('button', { name: '1 new segment ↓' });
    await button.waitFor();
    expect(await ben.segments.nth(4).boundingBox()).toEqual(place);
    await button.click();
    await expect.poll(() => button.count()).toBe(0);
    const last = await ben.segments.last().boundingBox();
    const editorTop = await ben.page.getByRole('region', { name: 'Editor' }).boundingBox();
    expect((last?.y ?? Infinity) + (last?.height ?? 0)).toBeLessThanOrEqual((editorTop?.y ?? 0) + 1);
    await ben.context.close();
  });

  it('the creator renames, locks, reopens and completes, and the other sees it', async () => {
    const draft = await draftOfAna(suite.url, 'First title');
    const ana = await person(suite.browser, suite.url, 'ana');
    const ben = await person(suite.browser, suite.url, 'ben');
    await ana.openDraft(draft.draft_id);
    await ben.openDraft(draft.draft_id);

    await ana.page.getByRole('button', { name: 'Rename' }).click();
    await ana.page.getByRole('textbox', { name: 'Title' }).fill('Second title');
    await ana.page.getByRole('button', { name: 'Save title' }).click();
    await ben.page.getByRole('heading', { level: 1, name: 'Second title' }).waitFor();

    await ana.page.getByRole('button', { name: 'Lock', exact: true }).click();
    await ben.page.getByText('This draft is locked').waitFor();
    await ana.page.getByRole('button', { name: 'Reopen' }).click();
    await ben.waitsFor('ana');
    await ana.page.getByRole('button', { name: 'Complete…' }).click();
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Complete it' }).click();
    await ben.page.getByText('This draft is completed').waitFor();
    expect(await ben.page.getByRole('button', { name: 'Rename' }).count()).toBe(0);
    await ana.context.close();
    await ben.context.close();
  });

  it('a removed member reads why, and a member who leaves returns to their drafts', async () => {
    const draft = await draftOfAna(suite.url, 'Coming and going');
    const ana = await person(suite.browser, suite.url, 'ana');
    const ben = await person(suite.browser, suite.url, 'ben');
    const cleo = await person(suite.browser, suite.url, 'cleo');
    await ana.openDraft(draft.draft_id);
    await ben.openDraft(draft.draft_id);
    await cleo.openDraft(draft.draft_id);

    await ana.page.getByRole('button', { name: 'Remove @ben' }).click();
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await ben.page.getByText('You are no longer a member of this draft.').first().waitFor();

    await cleo.page.getByRole('button', { name: 'Leave', exact: true }).click();
    await cleo.page.getByRole('dialog').getByRole('button', { name: 'Leave the draft' }).click();
    await cleo.page.getByRole('heading', { level: 1, name: 'My drafts' }).waitFor();
    await expect.poll(() => ana.page.getByRole('listitem').filter({ hasText: '@cleo' }).count()).toBe(0);
    await ana.context.close();
    await ben.context.close();
    await cleo.context.close();
  });

  it('a problem is shown where it happened', async () => {
    const draft = await draftOfAna(suite.url, 'No');
    const ana = await person(suite.browser, suite.url, 'ana');
    await ana.openDraft(draft.draft_id);

    await ana.page.getByLabel('User id').fill('ben');
    await ana.page.getByRole('button', { name: 'Add', exact: true }).click();

    await ana.page.getByRole('alert').filter({ hasText: 'This user is already a member of the draft.' }).waitFor();
    await ana.context.close();
  });
});

describe('two tabs of one person', () => {
  it('show the same, and text begun in one survives the ring passed in the other', async () => {
    const draft = await draftOfAna(suite.url, 'Two tabs');
    const first = await person(suite.browser, suite.url, 'ana');
    await first.openDraft(draft.draft_id);
    const second = await tabOf(first.context, suite.url, 'ana');
    await second.openDraft(draft.draft_id);
    await first.append('Written in the first.');
    await second.hasText('Written in the first.');

    await second.editor.fill('Begun in the second');
    await first.pass('ben');

    await first.waitsFor('ben');
    await second.waitsFor('ben');
    expect(await second.editor.inputValue()).toBe('Begun in the second');
    await second.page.getByText('It stays until the ring comes to you.').waitFor();
    expect(await textsOf(suite.url, draft.draft_id)).toEqual(['Written in the first.']);
    await first.context.close();
  });
});
