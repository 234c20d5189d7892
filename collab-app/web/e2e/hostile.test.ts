import { expect, it } from 'vitest';
import { person } from './browser';
import { apiOf } from './rest';
import { setUpSuite } from './setup';

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
