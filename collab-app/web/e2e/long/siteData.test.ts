import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchOptions, person } from '../browser';
import { draftOfAna, textsOf } from '../rest';
import { setUpSuite } from '../setup';

const suite = setUpSuite();
let profile: string;
let context: BrowserContext;

/** Chromium as its settings make it with “Don’t allow sites to save data on your device”. */
beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'ringdraft-profile-'));
  await mkdir(join(profile, 'Default'));
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(blocked));
  context = await chromium.launchPersistentContext(profile, { ...launchOptions(), reducedMotion: 'reduce' });
});
afterAll(async () => {
  await context.close();
  await rm(profile, { recursive: true, force: true });
});

it('with site data blocked a person signs in, writes, and reads what is lost', async () => {
  const draft = await draftOfAna(suite.url, 'Without site data', ['Here already.']);
  const ben = await person(suite.browser, suite.url, 'ben');
  await ben.openDraft(draft.draft_id);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(suite.url);
  const thrown = await page.evaluate(() =>
    ['localStorage', 'sessionStorage'].map((name) => {
      try {
        return String(Reflect.get(window, name));
      } catch (error) {
        return error instanceof DOMException ? error.name : String(error);
      }
    }),
  );
  expect(thrown).toEqual(['SecurityError', 'SecurityError']);

  await page.getByText('This browser does not store the name').waitFor();
  await page.getByRole('button', { name: '@ana' }).click();
  await page.getByRole('link', { name: 'Without site data' }).click();
  await page.getByText('Here already.').waitFor();
  await page.getByText('This browser does not store what you type here.').waitFor();
  const editor = page.getByRole('region', { name: 'Editor' }).getByRole('textbox');
  await editor.fill('Half a sentence');

  await page.getByRole('link', { name: 'Ringdraft' }).click();
  await page.getByRole('link', { name: 'Without site data' }).click();
  await expect.poll(() => editor.inputValue()).toBe('Half a sentence');
  await editor.fill('Half a sentence, and the rest.');
  await page.getByRole('button', { name: 'Append' }).click();

  await ben.hasText('Half a sentence, and the rest.');
  await expect.poll(() => page.locator('.segment.pending').count()).toBe(0);
  expect(await textsOf(suite.url, draft.draft_id)).toEqual(['Here already.', 'Half a sentence, and the rest.']);
  expect(await page.getByText(/\bis kept\b/).count()).toBe(0);
  expect([...faults, ...ben.faults]).toEqual([]);
  await ben.context.close();
});

it('what waits offline outlives a walk through the pages, and is sent', async () => {
  const draft = await draftOfAna(suite.url, 'Waiting without site data');
  const page = await context.newPage();
  await page.goto(`${suite.url}/drafts/${draft.draft_id}`);
  await page.getByRole('button', { name: '@ana' }).click();
  const editor = page.getByRole('region', { name: 'Editor' }).getByRole('textbox');
  await expect.poll(() => editor.isEditable()).toBe(true);
  await context.setOffline(true);
  await editor.fill('Sent into the dark.');
  await page.getByRole('button', { name: 'Append' }).click();
  await page.getByText('Waiting to be sent').waitFor({ timeout: 45_000 });
  await page.getByRole('link', { name: 'Ringdraft' }).click();
  await context.setOffline(false);
  await page.getByRole('link', { name: 'Waiting without site data' }).click();

  await page.getByText('Sent into the dark.').waitFor();
  await expect.poll(() => textsOf(suite.url, draft.draft_id), { timeout: 15_000 }).toEqual(['Sent into the dark.']);
});
