import { expect, it } from 'vitest';
import { person } from '../browser';
import { apiOf } from '../rest';
import { setUpSuite } from '../setup';

const suite = setUpSuite();

const script = '<script>window.harmed = true</script><img src=x onerror="window.harmed = true">';
const hidden = 'abc\u202Edcba\u2066\u200B\uFEFF\u00AD';
const texts = [
  script,
  `"><svg onload="window.harmed = true">${hidden}`,
  '[click](javascript:window.harmed=true) javascript:window.harmed=true',
  '{{constructor.constructor("window.harmed = true")()}} ${window.harmed = true} </textarea>',
];
const markup = 'ben"><img src=x onerror="window.harmed=true">';
const writer = `${markup}\u202E\u200B`;
const writerShown = `@${markup}⟨U+202E⟩⟨U+200B⟩`;

it('segments, titles and names are shown as the text that they are', async () => {
  const title = `${script}${hidden}`;
  const ana = apiOf(suite.url, 'ana');
  const { draft_id: id } = await ana.createDraft({ title });
  await ana.addCollaborator(id, writer);
  for (const text of texts) await ana.appendSegment(id, text);
  const tab = await person(suite.browser, suite.url, 'ana');

  await tab.open('/');
  await tab.page.getByRole('link').filter({ hasText: '<script>' }).first().waitFor();
  await tab.openDraft(id);
  await tab.badge('Live');
  await tab.hasText('javascript:window.harmed=true');

  expect(await tab.texts()).toEqual(texts);
  expect(await tab.page.getByRole('heading', { level: 1 }).textContent()).toBe(title);
  expect(await tab.page.getByRole('listitem').filter({ hasText: writerShown }).count()).toBe(1);
  const live = `${script} and live`;
  await ana.appendSegment(id, live);
  await tab.hasText('and live');
  expect(await tab.texts()).toEqual([...texts, live]);
  expect(await tab.page.evaluate(() => 'harmed' in window)).toBe(false);
  expect(await tab.page.locator('.segment script, .segment img, .segment svg, h1 img, li img').count()).toBe(0);
  expect(await tab.page.locator('a[href^="javascript:"]').count()).toBe(0);
  expect(tab.faults).toEqual([]);
  await tab.context.close();
});

it('what turns the direction of a text turns nothing around it', async () => {
  const ana = apiOf(suite.url, 'ana');
  const { draft_id: id } = await ana.createDraft({ title: 'Directions' });
  await ana.appendSegment(id, hidden);
  const tab = await person(suite.browser, suite.url, 'ana');
  await tab.openDraft(id);
  await tab.hasText('abc');

  const directions = await tab.page.evaluate(() =>
    ['.segment-author', '.segment-text', 'h1'].map((place) => {
      const element = document.querySelector(place);
      return element === null ? place : getComputedStyle(element).unicodeBidi;
    }),
  );

  expect(directions).toEqual(['isolate', 'plaintext', 'plaintext']);
  await tab.context.close();
});

it('a user id is added and removed whatever it holds, and refused before it is sent when no address can hold it', async () => {
  const { draft_id: id } = await apiOf(suite.url, 'ana').createDraft({ title: 'Odd ids' });
  const tab = await person(suite.browser, suite.url, 'ana');
  const posts: string[] = [];
  tab.page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url());
  });
  await tab.openDraft(id);
  await tab.badge('Live');
  const field = tab.page.getByLabel('User id');
  const add = tab.page.getByRole('button', { name: 'Add', exact: true });

  for (const refused of ['.', '..', '@..']) {
    await field.fill(refused);
    await add.click();
    await tab.page.getByText("can't be part of a URL").waitFor();
    await field.fill('');
  }
  expect(posts).toEqual([]);

  for (const odd of ['a/b', 'ben;x=1', 'a?b#c', '%2e%2e', '...', 'ü 漢']) {
    await field.fill(odd);
    await add.click();
    const remove = tab.page.getByRole('button', { name: `Remove @${odd}` });
    await remove.click();
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await remove.waitFor({ state: 'detached' });
  }
  expect(tab.faults).toEqual([]);
  await tab.context.close();
});
