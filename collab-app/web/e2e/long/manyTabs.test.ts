import { describe, expect, it } from 'vitest';
import { person, tabOf, type Tab } from '../browser';
import { draftOfAna } from '../rest';
import { setUpSuite } from '../setup';
import { startSocketRefusingProxy } from '../socketRefusingProxy';

const suite = setUpSuite();
const tabCount = 8;

async function timed(what: string, work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  const tookMs = Math.round(performance.now() - begun);
  console.log(`${what}: ${String(tookMs)} ms`);
  return tookMs;
}

describe('eight tabs of one browser without sockets', () => {
  it('open fast, and no append waits for their polls', async () => {
    const draft = await draftOfAna(suite.url, 'Many tabs', ['Here already.']);
    const proxy = await startSocketRefusingProxy(suite.url);
    const first = await person(suite.browser, proxy.url, 'ana');
    const tabs: Tab[] = [first];
    while (tabs.length < tabCount) tabs.push(await tabOf(first.context, proxy.url, 'ana'));

    // After this long each tab asks for events as often and as long as it ever will.
    const settle = () => first.page.waitForTimeout(8_000);

    for (const [index, tab] of tabs.entries()) {
      if (index === tabCount - 1) await settle();
      const openedMs = await timed(`tab ${String(index + 1)} shows the draft`, async () => {
        await tab.page.goto(`${proxy.url}/drafts/${draft.draft_id}`);
        await tab.hasText('Here already.', 40_000);
      });
      expect(openedMs).toBeLessThan(5_000);
      await tab.badge('Syncing');
    }
    await settle();

    for (const text of ['One.', 'Two.', 'Three.']) {
      // Any tab of the author may send it.
      const answered = first.context.waitForEvent('response', {
        predicate: (response) => response.request().method() === 'POST' && response.url().endsWith('/segments'),
        timeout: 40_000,
      });
      await first.page.bringToFront();
      await first.editor.fill(text);
      const answeredMs = await timed(`append ${text}`, async () => {
        await first.page.getByRole('button', { name: 'Append' }).click();
        await answered;
      });
      expect(answeredMs).toBeLessThan(2_000);
      await timed(`all tabs see ${text}`, () => Promise.all(tabs.map((tab) => tab.hasText(text))));
    }

    await first.context.close();
    await proxy.close();
  }, 240_000);
});
