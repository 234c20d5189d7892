import { fileURLToPath } from 'node:url';
import type { createDraftSession, developmentUser, DraftEvent, DraftSession } from '@ringdraft/client';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { person } from '../browser';
import { apiOf, draftOfAna } from '../rest';
import { setUpSuite } from '../setup';

const suite = setUpSuite();
const bundle = fileURLToPath(new URL('../fixtures/clientBeforeTurns.js', import.meta.url));

/** What the earlier client showed at a revision. */
interface Shown {
  readonly revision: number;
  readonly holder: string;
  readonly texts: readonly string[];
}

interface EarlierWindow {
  readonly ringdraftBeforeTurns: {
    readonly createDraftSession: typeof createDraftSession;
    readonly developmentUser: typeof developmentUser;
  };
  earlier: {
    readonly session: DraftSession;
    readonly events: readonly (DraftEvent & { readonly name?: string })[];
    readonly shown: readonly Shown[];
    readonly problems: readonly string[];
  };
}

/** A page in which BEN follows the draft with the client of before turns. */
async function openEarlierClient(draftId: string): Promise<Page> {
  const context = await suite.browser.newContext();
  const page = await context.newPage();
  await page.addInitScript({ path: bundle });
  await page.goto(suite.url);
  await page.evaluate((id) => {
    const earlierWindow = window as unknown as EarlierWindow;
    const { createDraftSession: create, developmentUser: user } = earlierWindow.ringdraftBeforeTurns;
    const events: DraftEvent[] = [];
    const shown: Shown[] = [];
    const problems: string[] = [];
    const session = create({
      draftId: id,
      userId: 'ben',
      credentials: user('ben'),
      onEvent: (event) => events.push(event),
      onError: (problem) => problems.push(problem.message),
    });
    session.subscribe(() => {
      const { draft } = session.state();
      if (draft === null || draft.revision === shown.at(-1)?.revision) return;
      const { current_holder_id: holder } = draft.ring_state;
      shown.push({ revision: draft.revision, holder, texts: draft.segments.map(({ content }) => content) });
    });
    earlierWindow.earlier = { session, events, shown, problems };
    session.start();
  }, draftId);
  await expect.poll(() => statusOf(page), { timeout: 15_000 }).toBe('ws');
  return page;
}

function statusOf(page: Page): Promise<string> {
  return page.evaluate(() => (window as unknown as EarlierWindow).earlier.session.state().status);
}

/** Waits until the earlier client shows this holder. */
async function showsHolder(page: Page, holder: string): Promise<void> {
  await page.waitForFunction(
    (user) => {
      const { draft } = (window as unknown as EarlierWindow).earlier.session.state();
      return draft?.ring_state.current_holder_id === user;
    },
    holder,
    { timeout: 20_000 },
  );
}

/** What a draft shows at each of these events, by the facts alone. */
function shownAfter(first: Shown, events: readonly DraftEvent[]): readonly Shown[] {
  const shown = [first];
  let last = first;
  for (const event of events) {
    last = { ...last, revision: event.revision };
    if (event.type === 'collab.ring_passed') last = { ...last, holder: event.data.to_user_id };
    if (event.type === 'collab.segment_added') last = { ...last, texts: [...last.texts, event.data.content] };
    shown.push(last);
  }
  return shown;
}

describe('the client of before turns', () => {
  it('follows a draft with turns: each revision with its holder and text, and unknown events as such', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'As ever', ['It began before turns.']);
    const [ana, ben, cleo] = ['ana', 'ben', 'cleo'].map((user) => apiOf(suite.url, user));
    if (ana === undefined || ben === undefined || cleo === undefined) throw new Error('a member is missing');
    const page = await openEarlierClient(id);

    await ana.updateDraft(id, { turn_policy: { order: 'requests_first', max_seconds: 10, away_after_missed: 1 } });
    await cleo.requestRing(id);
    await ana.declineRequest(id, 'cleo');
    await ben.setAway(id, 'ben', true);
    await ana.updateCollaborator(id, 'vera', { role: 'contributor' });
    await ben.setAway(id, 'ben', false);
    await ana.appendSegment(id, 'Then it had rules.');
    await cleo.requestRing(id);
    await ana.passRing(id, { to: 'next' });
    await showsHolder(page, 'cleo');

    // CLEO misses the turn, so that the server passes the ring and marks CLEO away in one commit.
    await showsHolder(page, 'ben');
    await page.evaluate(() => {
      const { session } = (window as unknown as EarlierWindow).earlier;
      session.append('The earlier client writes on.');
      session.passRing('ana');
    });
    await showsHolder(page, 'ana');

    const writer = await person(suite.browser, suite.url, 'ana');
    await writer.openDraft(id);
    await writer.mayWrite();
    await writer.editor.pressSequentially('Here');
    await page.waitForFunction(() => {
      const { presence } = (window as unknown as EarlierWindow).earlier.session.state();
      return presence.some(({ user_id, state }) => user_id === 'ana' && state === 'typing');
    });
    await writer.context.close();

    const { earlier, current } = await page.evaluate(() => {
      const { session, ...seen } = (window as unknown as EarlierWindow).earlier;
      const { status, pending, rejected } = session.state();
      session.stop();
      return { earlier: seen, current: { status, pending, rejected } };
    });
    await page.context().close();
    const [first] = earlier.shown;
    if (first === undefined) throw new Error('the earlier client showed nothing');
    const { events } = await ana.eventsAfter(id, first.revision);
    const seen = events.filter(({ revision }) => revision <= (earlier.shown.at(-1)?.revision ?? 0));

    expect(earlier.problems).toEqual([]);
    expect(current).toEqual({ status: 'ws', pending: [], rejected: [] });
    expect(first).toEqual({ revision: first.revision, holder: 'ana', texts: ['It began before turns.'] });
    expect(earlier.shown).toEqual(shownAfter(first, seen));
    expect(earlier.shown.at(-1)?.texts).toEqual([
      'It began before turns.',
      'Then it had rules.',
      'The earlier client writes on.',
    ]);
    expect(earlier.events.map(({ revision }) => revision)).toEqual(seen.map(({ revision }) => revision));
    expect(earlier.events.filter(({ type }) => type === 'unknown').map(({ name }) => name)).toEqual(
      seen.filter(({ type }) => /request|collaborator_updated/.test(type)).map(({ type }) => type),
    );
    const timed = seen.filter((event) => event.type === 'collab.ring_passed' && event.data.reason === 'timed_out');
    expect(timed).toMatchObject([{ user_id: 'ringdraft:timer' }]);
    expect(JSON.stringify(earlier.events)).not.toMatch(/turn_policy|turn_ends_at|"away"/);
  });
});
