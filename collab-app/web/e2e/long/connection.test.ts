import { describe, expect, it } from 'vitest';
import { person } from '../browser';
import { apiOf, draftOfAna, textsOf } from '../rest';
import { setUpSuite } from '../setup';
import { startSocketRefusingProxy } from '../socketRefusingProxy';

const suite = setUpSuite();

describe('when the network is not what it should be', () => {
  it('a page whose socket is refused is Syncing, and still up to date both ways', async () => {
    const draft = await draftOfAna(suite.url, 'Behind a proxy');
    const proxy = await startSocketRefusingProxy(suite.url);
    const ana = await person(suite.browser, suite.url, 'ana');
    const ben = await person(suite.browser, proxy.url, 'ben');
    await ana.openDraft(draft.draft_id);
    await ben.openDraft(draft.draft_id);
    await ben.badge('Syncing');

    await ana.append('Can you read this?');
    await ben.hasText('Can you read this?');
    await ana.pass('ben');
    await ben.mayWrite();
    await ben.append('Every word.');
    await ana.hasText('Every word.');

    expect(proxy.refused()).toBeGreaterThan(0);
    expect(await ben.texts()).toEqual(['Can you read this?', 'Every word.']);
    await ana.context.close();
    await ben.context.close();
    await proxy.close();
  });

  it('while the server is stopped the page is Offline and keeps what is typed; after it nothing is lost or doubled', async () => {
    const draft = await draftOfAna(suite.url, 'Through a restart', ['Before.']);
    const ana = await person(suite.browser, suite.url, 'ana');
    const ben = await person(suite.browser, suite.url, 'ben');
    await ana.openDraft(draft.draft_id);
    await ben.openDraft(draft.draft_id);
    await ana.badge('Live');
    await ana.editor.fill('Typed before the stop');

    await suite.program.stop();

    await ana.badge('Server away');
    await ben.badge('Server away');
    expect(await ana.editor.inputValue()).toBe('Typed before the stop');
    await ana.append('Sent into the dark.');
    await ana.segments
      .filter({ hasText: 'Sent into the dark.' })
      .filter({ hasText: /Waiting|Saving/ })
      .waitFor();
    await ana.editor.fill('And still typing');

    await suite.program.start();

    await ana.badge('Live');
    await ben.badge('Live');
    await ben.hasText('Sent into the dark.');
    await expect.poll(() => ana.page.locator('.segment.pending').count(), { timeout: 30_000 }).toBe(0);
    expect(await ana.editor.inputValue()).toBe('And still typing');
    expect(await ana.texts()).toEqual(['Before.', 'Sent into the dark.']);
    expect(await ben.texts()).toEqual(['Before.', 'Sent into the dark.']);
    expect(await textsOf(suite.url, draft.draft_id)).toEqual(['Before.', 'Sent into the dark.']);
    await ana.context.close();
    await ben.context.close();
  }, 180_000);

  it('a reload in mid-draft keeps the place and the text', async () => {
    const draft = await draftOfAna(suite.url, 'Reloaded', ['Here already.']);
    const ana = await person(suite.browser, suite.url, 'ana');
    await ana.openDraft(draft.draft_id);
    await ana.editor.fill('Half a sentence, and');

    await ana.page.reload();

    await ana.page.getByRole('heading', { level: 1, name: 'Reloaded' }).waitFor();
    await ana.hasText('Here already.');
    expect(await ana.editor.inputValue()).toBe('Half a sentence, and');
    await ana.mayWrite();
    await ana.append('Half a sentence, and the rest.');
    await ana.page.reload();
    await ana.hasText('Half a sentence, and the rest.');
    expect(await ana.editor.inputValue()).toBe('');
    await ana.context.close();
  });

  it('a segment on which the server fails again and again is set aside, and holds up nothing', async () => {
    const draft = await draftOfAna(suite.url, 'Set aside');
    const ana = await person(suite.browser, suite.url, 'ana');
    await ana.openDraft(draft.draft_id);
    await ana.badge('Live');
    let isFailing = true;
    await ana.page.route('**/segments', async (route) => {
      if (!isFailing || route.request().postData()?.includes('Poison.') !== true) return route.fallback();
      return route.fulfill({ status: 500, json: { code: 'internal_error', detail: 'invalid byte sequence' } });
    });
    await ana.append('Poison.');
    await ana.append('Cure.');

    const alert = ana.page.getByRole('alert').filter({ hasText: 'Your segment was not saved.' });
    await alert.waitFor({ timeout: 90_000 });
    await alert.getByText('It was tried 5 times. The server failed').waitFor();
    await alert.getByText('Poison.').waitFor();
    await expect.poll(() => textsOf(suite.url, draft.draft_id), { timeout: 15_000 }).toEqual(['Cure.']);
    await ana.page.reload();
    await alert.waitFor();
    isFailing = false;
    await alert.getByRole('button', { name: 'Try again' }).click();

    await expect.poll(() => textsOf(suite.url, draft.draft_id), { timeout: 15_000 }).toEqual(['Cure.', 'Poison.']);
    await alert.waitFor({ state: 'detached' });
    expect(ana.faults).toEqual([]);
    await ana.context.close();
  }, 180_000);

  it('a segment whose turn went by while it was on its way comes back to its author', async () => {
    const draft = await draftOfAna(suite.url, 'Too late');
    const ana = await person(suite.browser, suite.url, 'ana');
    await ana.openDraft(draft.draft_id);
    await ana.badge('Live');
    await ana.context.setOffline(true);
    await ana.append('Written on the train.');
    await apiOf(suite.url, 'ana').passRing(draft.draft_id, 'ben');

    await ana.context.setOffline(false);

    const alert = ana.page.getByRole('alert').filter({ hasText: 'Your segment was not saved.' });
    await alert.waitFor({ timeout: 45_000 });
    await alert.getByText('The ring has been passed on since you wrote this.').waitFor();
    await alert.getByRole('button', { name: 'Put it back into the editor' }).click();
    expect(await ana.editor.inputValue()).toBe('Written on the train.');
    await ana.waitsFor('ben');
    expect(await textsOf(suite.url, draft.draft_id)).toEqual([]);
    await ana.context.close();
  }, 120_000);
});
