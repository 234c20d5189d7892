import { describe, expect, it } from 'vitest';
import { person } from './browser';
import { draftOfAna, textsOf } from './rest';
import { setUpSuite } from './setup';

const suite = setUpSuite();

describe('two people', () => {
  it('meet in a minute: pick who they are, begin a draft, add each other', async () => {
    const context = await suite.browser.newContext();
    const ana = await context.newPage();
    await ana.goto(suite.url);
    await ana.getByRole('heading', { name: 'Who are you?' }).waitFor();
    await ana.getByRole('button', { name: '@ana' }).click();
    await ana.getByRole('button', { name: /Begin a draft|New draft/ }).click();
    await expect.poll(() => ana.getByLabel('Title').evaluate((input) => input === document.activeElement)).toBe(true);
    await ana.getByLabel('Title').fill('A letter to the sea');
    await ana.getByLabel('Written for').selectOption('blog');
    await ana.getByLabel(/First segment/).fill('Dear sea,');
    await ana.getByRole('button', { name: 'Create draft' }).click();
    await ana.getByRole('heading', { level: 1, name: 'A letter to the sea' }).waitFor();
    await ana.getByText('Dear sea,').waitFor();
    await ana.getByLabel('User id').fill('ben');
    await ana.getByRole('button', { name: 'Add', exact: true }).click();
    await ana.getByRole('listitem').filter({ hasText: '@ben' }).waitFor();

    const ben = await context.newPage();
    await ben.goto(suite.url);
    await ben.getByRole('button', { name: '@ben' }).click();
    await ben.getByRole('link', { name: 'A letter to the sea' }).click();
    await ben.getByText('Dear sea,').waitFor();
    await ben.getByText('Waiting for @ana').waitFor();
    await ana.getByText('Here with you: @ben').waitFor();
    await context.close();
  });

  it('an append is seen by the other in under a second', async () => {
    const draft = await draftOfAna(suite.url, 'In a second');
    const ana = await person(suite.browser, suite.url, 'ana');
    const ben = await person(suite.browser, suite.url, 'ben');
    await ana.openDraft(draft.draft_id);
    await ben.openDraft(draft.draft_id);
    await ana.badge('Live');
    await ben.badge('Live');

    for (const text of ['One.', 'Two.', 'Three.']) {
      await ana.editor.fill(text);
      const seen = ben.hasText(text, 1_000);
      await ana.editor.press('Control+Enter');
      await seen;
    }

    expect(await ben.texts()).toEqual(['One.', 'Two.', 'Three.']);
    expect(await ana.texts()).toEqual(['One.', 'Two.', 'Three.']);
    expect(await textsOf(suite.url, draft.draft_id)).toEqual(['One.', 'Two.', 'Three.']);
    expect([...ana.faults, ...ben.faults]).toEqual([]);
    await ana.context.close();
    await ben.context.close();
  });

  it('passing the ring swaps their editors', async () => {
    const draft = await draftOfAna(suite.url, 'Your turn');
    const ana = await person(suite.browser, suite.url, 'ana');
    const ben = await person(suite.browser, suite.url, 'ben');
    await ana.openDraft(draft.draft_id);
    await ben.openDraft(draft.draft_id);
    await ana.mayWrite();
    await ben.waitsFor('ana');

    await ana.pass('ben');

    await ben.mayWrite();
    await ana.waitsFor('ben');
    await ben.append('Thank you.');
    await ana.hasText('Thank you.');
    await ben.pass('ana');
    await ana.mayWrite();
    await ben.waitsFor('ana');
    await ana.context.close();
    await ben.context.close();
  });
});
