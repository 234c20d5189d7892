import { describe, expect, it } from 'vitest';
import { person, type Tab } from './browser';
import { apiOf, draftOfAna, textsOf } from './rest';
import { setUpSuite } from './setup';

const suite = setUpSuite();

async function allOf(draftId: string, ...users: readonly string[]): Promise<readonly Tab[]> {
  const tabs = await Promise.all(users.map((user) => person(suite.browser, suite.url, user)));
  for (const tab of tabs) {
    await tab.openDraft(draftId);
    await tab.badge('Live');
  }
  return tabs;
}

async function closeAll(tabs: readonly Tab[]): Promise<void> {
  expect(tabs.flatMap((tab) => tab.faults)).toEqual([]);
  for (const tab of tabs) await tab.context.close();
}

describe('a group of three', () => {
  it('plays by turns in order: one is offline for a while, one leaves in the middle', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'Round and round');
    const tabs = await allOf(id, 'ana', 'ben', 'cleo');
    const [ana, ben, cleo] = tabs as readonly [Tab, Tab, Tab];

    await ana.page.getByRole('button', { name: 'Change the rules…' }).click();
    const dialog = ana.page.getByRole('dialog', { name: 'Rules of the turns' });
    await dialog.getByLabel('Who is next').selectOption({ label: 'In order: everybody in turn, as they joined' });
    await dialog.getByLabel('Unit of time').selectOption('hours');
    await dialog.getByLabel('How long').fill('2');
    await dialog.getByText('Each turn lasts at most 2 hours, then the next in order.').waitFor();
    await dialog.getByRole('button', { name: 'Save the rules' }).click();
    await ben.page.getByText('Each turn lasts at most 2 hours, then the next in order.').waitFor();
    await cleo.page.getByText(/1 h 59 min left/).waitFor();

    await ana.page.locator('.ring-status').getByText('next: @ben').waitFor();
    await ana.append('Ana began.');
    await ana.page.getByRole('button', { name: 'Pass', exact: true }).click();
    await ben.mayWrite();
    await ben.page.locator('.ring-status').getByText('next: @cleo').waitFor();

    await cleo.context.setOffline(true);
    await ben.append('Ben went on.');
    await ben.page.getByRole('button', { name: 'Pass', exact: true }).click();
    await ana.page.getByText('@cleo holds the ring').first().waitFor();
    await cleo.context.setOffline(false);
    await cleo.mayWrite();
    await cleo.hasText('Ben went on.');
    await cleo.append('Cleo was on a train.');
    await ana.hasText('Cleo was on a train.');

    // The holder leaves: the ring goes to the next in order.
    await cleo.page.getByRole('button', { name: 'Leave', exact: true }).click();
    await cleo.page.getByText('The ring goes to @ana.').waitFor();
    await cleo.page.getByRole('dialog').getByRole('button', { name: 'Leave the draft' }).click();
    await cleo.page.getByRole('heading', { level: 1, name: 'My drafts' }).waitFor();
    await ana.mayWrite();
    await ana.page.locator('.ring-status').getByText('next: @ben').waitFor();
    await ana.append('Then there were two.');
    await ana.page.getByRole('button', { name: 'Pass', exact: true }).click();
    await ben.mayWrite();
    await ben.page.locator('.ring-status').getByText('next: @ana').waitFor();
    expect(await textsOf(suite.url, id)).toEqual([
      'Ana began.',
      'Ben went on.',
      'Cleo was on a train.',
      'Then there were two.',
    ]);
    await closeAll(tabs);
  });

  it('asks for the ring and gets it with one click; the creator takes it back', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'May I?');
    const tabs = await allOf(id, 'ana', 'ben', 'cleo');
    const [ana, ben, cleo] = tabs as readonly [Tab, Tab, Tab];

    await ben.page.getByRole('button', { name: 'Ask for the ring' }).click();
    await ben.page.getByText('You asked for the ring: first in the queue.').waitFor();
    await cleo.page.getByRole('button', { name: 'Ask for the ring' }).click();
    await cleo.page.getByText('You asked for the ring: place 2 of 2 in the queue.').waitFor();
    await ana.page.locator('.ring-status').getByText('next: @ben').waitFor();
    await ben.page.getByRole('button', { name: 'Withdraw my request' }).click();
    await cleo.page.getByText('You asked for the ring: first in the queue.').waitFor();
    await ana.page.locator('.ring-status').getByText('next: @cleo').waitFor();
    await ana.page.getByRole('button', { name: 'Pass to @cleo' }).click();
    await cleo.mayWrite();
    expect(await cleo.page.title()).toBe('Your turn · May I? · Ringdraft');
    expect(await cleo.page.locator('link[rel=icon]').getAttribute('href')).toMatch(/ringHeld/);
    expect(await ben.page.locator('link[rel=icon]').getAttribute('href')).not.toMatch(/ringHeld/);

    await ben.page.getByRole('button', { name: 'Ask for the ring' }).click();
    await cleo.page.getByRole('button', { name: 'Decline the request of @ben' }).click();
    await ben.page.getByRole('button', { name: 'Ask for the ring' }).waitFor();

    await cleo.editor.fill('Half a sen');
    await ana.page.getByRole('button', { name: 'Take the ring back…' }).click();
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
    await ana.mayWrite();
    await cleo.waitsFor('ana');
    await cleo.page.getByText('@ana took the ring back.').waitFor();
    expect(await cleo.editor.inputValue()).toBe('Half a sen');
    await closeAll(tabs);
  });

  it('skips who is away, until they are back', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'On holiday');
    const tabs = await allOf(id, 'ana', 'ben');
    const [ana, ben] = tabs as readonly [Tab, Tab];
    await ana.page.locator('.ring-status').getByText('next: @ben').waitFor();
    const editor = ben.page.getByRole('region', { name: 'Editor' });
    await editor.getByRole('button', { name: 'I’m away' }).click();
    await editor.getByText('You are away: the ring skips you.').waitFor();
    await ana.page.locator('.ring-status').getByText('next: @cleo').waitFor();
    await editor.getByRole('button', { name: 'I’m back' }).click();
    await ana.page.locator('.ring-status').getByText('next: @ben').waitFor();
    await ana.page.getByRole('button', { name: 'Mark away @cleo' }).click();
    await ana.page.getByRole('listitem').filter({ hasText: '@cleo' }).filter({ hasText: 'away' }).first().waitFor();
    await closeAll(tabs);
  });
});

describe('a turn with a limit', () => {
  it('that runs out while the holder types keeps the text, and offers it in the next turn', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'Ten seconds');
    const api = apiOf(suite.url, 'ana');
    await api.updateDraft(id, { turn_policy: { order: 'round_robin', max_seconds: 10 } });
    const ben = await person(suite.browser, suite.url, 'ben');
    await ben.openDraft(id);
    await ben.badge('Live');
    await api.passRing(id, 'ben');
    await ben.mayWrite();
    await ben.page
      .getByRole('timer')
      .filter({ hasText: /0:\d\d left/ })
      .waitFor();
    await ben.editor.pressSequentially('I was just about to say that');
    await ben.page.getByText('Your time ran out while you were writing. @cleo holds the ring now.').waitFor();
    await ben.waitsFor('cleo');
    expect(await ben.editor.inputValue()).toBe('I was just about to say that');
    await ben.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await ben.page.getByRole('button', { name: 'Copy it' }).click();
    await ben.page.getByText('Copied').waitFor();
    expect(await ben.page.evaluate(() => navigator.clipboard.readText())).toBe('I was just about to say that');

    await apiOf(suite.url, 'cleo').passRing(id, 'ben');
    await ben.mayWrite();
    await ben.page.getByText('Your text from before is still here.').waitFor();
    await ben.page.getByRole('button', { name: 'Append' }).click();
    await ben.hasText('I was just about to say that');
    await closeAll([ben]);
  });
});

describe('my drafts', () => {
  it('begin with my turns, the soonest to end first, and say how long is left', async () => {
    const api = apiOf(suite.url, 'dora');
    for (const [title, seconds] of [
      ['In three hours', 10_800],
      ['In a minute', 60],
      ['In no hurry', null],
    ] as const) {
      await api.createDraft({ title, turn_policy: { max_seconds: seconds } });
    }
    const { draft_id: other } = await api.createDraft({ title: 'Passed on' });
    await api.addCollaborator(other, 'ben');
    await api.passRing(other, 'ben');
    const dora = await person(suite.browser, suite.url, 'dora');
    await dora.open('/');
    const cards = dora.page.getByRole('main').getByRole('listitem');
    await cards
      .first()
      .getByText(/Your turn · (1:00|0:\d\d) left/)
      .waitFor();
    await cards
      .nth(1)
      .getByText(/Your turn · 2 h 59 min left/)
      .waitFor();
    expect(await cards.getByRole('link').allTextContents()).toEqual([
      'In a minute',
      'In three hours',
      'In no hurry',
      'Passed on',
    ]);
    expect(await dora.page.title()).toBe('3 turns of yours · My drafts · Ringdraft');
    await closeAll([dora]);
  });
});
