import { describe, expect, it } from 'vitest';
import { person } from '../browser';
import { apiOf, draftOfAna } from '../rest';
import { setUpSuite } from '../setup';

const suite = setUpSuite();
const segmentCount = 2_000;
const beginning = 'The very first segment.';

/** Text that does not compress well, so that the network has something to carry. */
function noise(length: number): string {
  let text = '';
  while (text.length < length) text += `${Math.random().toString(36).slice(2)} `;
  return text.slice(0, length).trim();
}

describe('a draft of 2,000 segments of 450 characters at 1 Mbit/s', () => {
  it('shows its end soon, takes a segment meanwhile, keeps the place, and loads to its beginning', async () => {
    const draft = await draftOfAna(suite.url, 'A long one', [beginning]);
    const api = apiOf(suite.url, 'ana');
    for (let count = 1; count < segmentCount; count += 1) {
      await api.appendSegment(draft.draft_id, `${String(count)}: ${noise(450)}`);
    }
    const ana = await person(suite.browser, suite.url, 'ana');
    await ana.open('/');
    await ana.page.getByRole('heading', { level: 1 }).waitFor();
    const cdp = await ana.context.newCDPSession(ana.page);
    const bytesPerSecond = 125_000;
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 40,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    });

    const begun = performance.now();
    await ana.page.goto(`${suite.url}/drafts/${draft.draft_id}`);
    const notice = ana.page.getByText('Loading earlier text…');
    await ana.hasText(`${String(segmentCount - 1)}: `, 10_000);
    console.log(`the end is shown after ${String(Math.round(performance.now() - begun))} ms`);
    expect(await notice.isVisible()).toBe(true);
    await ana.page.getByText('2,000 segments').waitFor();

    // A reader in the middle of what is there keeps the line that is read, while older text comes in above it.
    const read = ana.segments.filter({ hasText: `${String(segmentCount - 100)}: ` });
    await read.scrollIntoViewIfNeeded();
    await ana.page.waitForTimeout(300);
    const topOf = async () => (await read.boundingBox())?.y ?? Number.NaN;
    const [before, shown] = [await topOf(), await ana.segments.count()];
    await expect.poll(() => ana.segments.count(), { timeout: 20_000 }).toBeGreaterThan(shown);
    expect(Math.abs((await topOf()) - before)).toBeLessThan(4);

    await ana.append('Written while it loads.');
    await ana.hasText('Written while it loads.');
    await ana.hasText(beginning, 60_000);
    console.log(`the beginning is there after ${String(Math.round(performance.now() - begun))} ms`);
    await notice.waitFor({ state: 'detached' });
    expect(await ana.segments.count()).toBe(segmentCount + 1);
    expect(await ana.page.getByRole('log').textContent()).toBe('');
    expect(ana.faults).toEqual([]);
    await ana.context.close();
  }, 240_000);
});
