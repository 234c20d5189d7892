import { bearer, createApi } from '@ringdraft/client';
import { SignJWT } from 'jose';
import { mkdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings, screenshots } from '../axe';
import { launchBrowser, person, type Tab } from '../browser';
import { type Program, startProgram } from '../program';

const secret = 'a secret of thirty-two bytes, no less';
let program: Program;
let browser: Browser;
let draftId: string;

beforeAll(async () => {
  await mkdir(screenshots, { recursive: true });
  program = await startProgram(['--auth.jwt.hmac-secret', secret]);
  browser = await launchBrowser();
  const api = createApi({ baseUrl: program.url, credentials: bearer(() => tokenOf('ana')) });
  draftId = (await api.createDraft({ title: 'At the library', initial_segment: 'A shared computer.' })).draft_id;
});
afterAll(async () => {
  await browser.close();
  await program.discard();
});

function tokenOf(userId: string): Promise<string> {
  return new SignJWT({ sub: userId })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('10 minutes')
    .sign(new TextEncoder().encode(secret));
}

/** A browser with a sign-in around the page, and who is signed in there. */
async function signedIn(userId: string): Promise<{ readonly tab: Tab; readonly become: (userId: string) => void }> {
  let current = userId;
  const tab = await person(browser, program.url, userId, { serviceWorkers: 'allow' });
  await tab.context.exposeFunction('tokenOfUser', () =>
    current === '' ? Promise.reject(new Error('nobody is signed in')) : tokenOf(current),
  );
  await tab.page.addInitScript(() => {
    window.ringdraftToken = () => (Reflect.get(window, 'tokenOfUser') as () => Promise<string>)();
  });
  return {
    tab,
    become: (next) => {
      current = next;
    },
  };
}

function keptTexts(tab: Tab): Promise<number> {
  return tab.page.evaluate(async () => (await (await caches.open('ringdraft-texts')).keys()).length);
}

async function openAndKeep(tab: Tab): Promise<void> {
  await tab.openDraft(draftId);
  await tab.hasText('A shared computer.');
  await expect.poll(() => keptTexts(tab), { timeout: 15_000 }).toBe(1);
}

describe('a sign-out', () => {
  it('has words and an action of its own, and removes the texts from this browser', async () => {
    const { tab, become } = await signedIn('ana');
    await openAndKeep(tab);

    become('');
    await program.stop();
    await program.start();
    await tab.badge('Signed out');
    await tab.page.getByText('What you write is sent once you are signed in again.').waitFor();
    await expect.poll(() => keptTexts(tab), { timeout: 25_000 }).toBe(0);
    expect(await findings(tab.page)).toEqual([]);
    await tab.page.screenshot({ path: `${screenshots}/signed-out.png` });

    await tab.page.getByRole('button', { name: 'Sign in again' }).click();
    await tab.page.getByText('Your sign-in could not be renewed. Sign in again.').waitFor();
    await program.stop();
    await tab.page.reload();
    await tab.page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await tab.page.getByText('A shared computer.').count()).toBe(0);

    await program.start();
    become('ana');
    await tab.page.getByRole('button', { name: 'Try again' }).click();
    await tab.badge('Live');
    expect(tab.faults).toEqual([]);
    await tab.context.close();
  });

  it('and another sign-in leave nothing of the first user, also without the server', async () => {
    const { tab, become } = await signedIn('ana');
    await openAndKeep(tab);

    become('ben');
    await tab.open('/');
    await tab.page.getByRole('button', { name: 'Begin a draft' }).waitFor();
    await expect.poll(() => keptTexts(tab), { timeout: 15_000 }).toBe(0);
    await program.stop();
    await tab.page.reload();
    await tab.page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await tab.page.getByText('At the library').count()).toBe(0);
    await program.start();
    await tab.context.close();
  });
});
