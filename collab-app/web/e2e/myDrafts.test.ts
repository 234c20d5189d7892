import { describe, expect, it } from 'vitest';
import { person } from './browser';
import { apiOf, draftOfAna } from './rest';
import { setUpSuite } from './setup';

const suite = setUpSuite();

describe('my drafts', () => {
  it('follow what others do, and ask for a page only once it changed', async () => {
    await apiOf(suite.url, 'ben').createDraft({ title: 'Of my own' });
    const { draft_id: id } = await draftOfAna(suite.url, 'The weir', ['Upstream.']);
    const ben = await person(suite.browser, suite.url, 'ben');
    const answers: number[] = [];
    ben.page.on('response', (response) => {
      if (response.url().endsWith('/v1/collab/drafts')) answers.push(response.status());
    });
    await ben.open('/');
    await ben.page.getByText('@ana holds the ring').waitFor();
    const focus = (): Promise<boolean> => ben.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    const askedTo = async (status: number): Promise<void> => {
      const before = answers.length;
      await focus();
      await expect.poll(() => answers.slice(before)).toEqual([status]);
    };
    await askedTo(304);
    await askedTo(304);

    await apiOf(suite.url, 'ana').passRing(id, 'ben');
    await askedTo(200);
    await ben.page.getByText('@ana holds the ring').waitFor({ state: 'hidden' });
    expect(await ben.page.title()).toContain('2 turns of yours');
    await apiOf(suite.url, 'ana').removeCollaborator(id, 'ben');
    await expect
      .poll(() => ben.page.getByRole('link').allTextContents(), { timeout: 20_000 })
      .not.toContain('The weir');
    expect(ben.faults).toEqual([]);
    await ben.context.close();
  });
});
