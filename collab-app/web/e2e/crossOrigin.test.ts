import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser';
import { draftOfAna, textsOf } from './rest';
import { setUpSuite } from './setup';

/** In development mode everybody on this machine may be anybody; the pages of other sites in its browser may not. */
const suite = setUpSuite();
let other: Server;
let otherUrl: string;
let draft: string;

beforeAll(async () => {
  other = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Another site</title>');
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  otherUrl = `http://127.0.0.1:${String((other.address() as AddressInfo).port)}/`;
  draft = (await draftOfAna(suite.url, 'Ours', ['Written by us.'])).draft_id;
});
afterAll(() => {
  other.close();
});

/** What a page gets that tries to be ANA: by requests of each kind, by a stream and by a socket. */
function tryEverything(page: Page, url: string): Promise<Readonly<Record<string, string>>> {
  return page.evaluate(
    async ({ server, id }) => {
      const drafts = `${server}/v1/collab/drafts`;
      const body = JSON.stringify({ content: 'Written by them.' });
      const outcome = (asked: Promise<Response>): Promise<string> =>
        asked.then(
          async (answer) => `${answer.type} ${String(answer.status)} ${(await answer.text()).slice(0, 60)}`,
          () => 'no answer',
        );
      const json = { 'Content-Type': 'application/json', 'X-User-Id': 'ana' };
      const socket = (): Promise<string> =>
        new Promise((resolve) => {
          const asked = new WebSocket(`${server.replace('http', 'ws')}/v1/ws/drafts/${id}`, ['collab.v1', 'user.ana']);
          asked.onmessage = (event) => {
            resolve(String(event.data));
          };
          asked.onerror = () => {
            resolve('no answer');
          };
        });
      const stream = (): Promise<string> =>
        new Promise((resolve) => {
          const asked = new EventSource(`${drafts}/${id}/events`);
          asked.onmessage = (event) => {
            resolve(String(event.data));
          };
          asked.onerror = () => {
            asked.close();
            resolve('no answer');
          };
        });
      return {
        read: await outcome(fetch(`${drafts}/${id}`, { headers: { 'X-User-Id': 'ana' } })),
        readSimply: await outcome(fetch(`${drafts}/${id}`)),
        readBlindly: await outcome(fetch(`${drafts}/${id}`, { mode: 'no-cors' })),
        write: await outcome(fetch(`${drafts}/${id}/segments`, { method: 'POST', headers: json, body })),
        writeBlindly: await outcome(fetch(`${drafts}/${id}/segments`, { method: 'POST', mode: 'no-cors', body })),
        remove: await outcome(
          fetch(`${drafts}/${id}/collaborators/ben`, { method: 'DELETE', headers: { 'X-User-Id': 'ana' } }),
        ),
        session: await outcome(fetch(`${server}/v1/collab/session`)),
        socket: await socket(),
        stream: await stream(),
      };
    },
    { server: url, id: draft },
  );
}

describe('a page of another site', () => {
  it('can neither read nor write as anybody', async () => {
    const page = await suite.browser.newPage();
    await page.goto(otherUrl);

    expect(await tryEverything(page, suite.url)).toEqual({
      read: 'no answer',
      readSimply: 'no answer',
      readBlindly: 'no answer',
      write: 'no answer',
      writeBlindly: 'no answer',
      remove: 'no answer',
      session: 'no answer',
      socket: 'no answer',
      stream: 'no answer',
    });
    expect(await textsOf(suite.url, draft)).toEqual(['Written by us.']);
    await page.close();
  });

  it('that has led its own name to this machine is refused, whatever it asks for', async () => {
    const browser = await launchBrowser(['--host-resolver-rules=MAP evil.example 127.0.0.1']);
    const page = await browser.newPage();
    const led = suite.url.replace('127.0.0.1', 'evil.example');

    const shown = await page.goto(led);
    expect(shown?.status()).toBe(403);
    expect(await shown?.text()).toContain('in development mode this server is for its own machine alone');

    const got = await tryEverything(page, led);
    expect(Object.keys(got)).toHaveLength(9);
    for (const [what, answer] of Object.entries(got)) {
      expect(answer, what).toMatch(/^(basic 403 \{"type":"urn:ringdraft:problem:forbidden",|no answer$)/);
    }
    expect(await textsOf(suite.url, draft)).toEqual(['Written by us.']);
    await browser.close();
  });
});
