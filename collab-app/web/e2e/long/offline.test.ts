import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { person } from '../browser';
import { apiOf, draftOfAna, textsOf } from '../rest';
import { setUpSuite } from '../setup';

const suite = setUpSuite();

/** The program as it is, and as it would be after an upgrade of its pages. */
interface UpgradableSite {
  readonly url: string;
  upgrade: () => void;
  readonly close: () => void;
}

let site: UpgradableSite;

beforeAll(async () => {
  let isUpgraded = false;
  const { hostname, port } = new URL(suite.url);
  const server = createServer((incoming, outgoing) => {
    const { url, method } = incoming;
    const headers = { ...incoming.headers, 'accept-encoding': 'identity' };
    // As after an upgrade, nothing that a browser has is current.
    if (isUpgraded) delete headers['if-none-match'];
    const onward = request({ hostname, port, path: url, method, headers }, (answer) => {
      const isWorker = isUpgraded && url === '/serviceWorker.js';
      const others = Object.fromEntries(
        Object.entries(answer.headers).filter(([name]) => name !== 'content-length' && name !== 'etag'),
      );
      outgoing.writeHead(answer.statusCode ?? 502, isWorker ? others : answer.headers);
      answer.on('end', () => {
        if (isWorker) outgoing.end('\n// another version');
      });
      answer.pipe(outgoing, { end: !isWorker });
    });
    onward.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    upgrade: () => {
      isUpgraded = true;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
});

afterAll(() => {
  site.close();
});

describe('without the server', () => {
  it('an opened draft is read again, and what is appended is sent once the server is back', async () => {
    const { draft_id: id } = await draftOfAna(suite.url, 'On the train', ['Before the tunnel.']);
    const ana = await person(suite.browser, suite.url, 'ana', { serviceWorkers: 'allow' });
    await ana.openDraft(id);
    await ana.badge('Live');
    await ana.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const kept = () => ana.page.evaluate(async () => (await (await caches.open('ringdraft-texts')).keys()).length);
    await expect.poll(kept, { timeout: 15_000 }).toBe(1);

    await suite.program.stop();
    await ana.page.reload();
    await ana.badge('Server away');
    await ana.hasText('Before the tunnel.');
    await ana.page.getByText('The text as this browser last saw it').waitFor();
    await ana.append('In the tunnel.');
    await ana.page.getByText('Waiting to be sent').waitFor({ timeout: 45_000 });
    await ana.page.getByRole('link', { name: 'Ringdraft' }).click();
    await ana.page.getByText('These drafts can be read without the server').waitFor();
    await ana.page.getByRole('link', { name: 'On the train' }).click();
    await ana.hasText('In the tunnel.');

    await suite.program.start();
    await ana.badge('Live');
    await expect.poll(() => textsOf(suite.url, id)).toEqual(['Before the tunnel.', 'In the tunnel.']);
    expect(await ana.page.getByText('The text as this browser last saw it').count()).toBe(0);
    expect(ana.faults).toEqual([]);
    await ana.context.close();
  });
});

describe('a new version of the pages', () => {
  it('is offered, and loaded when the reader wants it', async () => {
    await apiOf(suite.url, 'ana').createDraft({ title: 'Ever new' });
    const ana = await person(suite.browser, site.url, 'ana', { serviceWorkers: 'allow' });
    await ana.open('/');
    await ana.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    expect(await ana.page.getByText('A new version of this page is ready.').count()).toBe(0);
    site.upgrade();
    await ana.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await ana.page.getByText('A new version of this page is ready.').waitFor();
    const loaded = ana.page.waitForEvent('load');
    await ana.page.getByRole('button', { name: 'Reload' }).click();
    await loaded;
    await ana.page.getByRole('link', { name: 'Ever new' }).waitFor();
    expect(await ana.page.getByText('A new version of this page is ready.').count()).toBe(0);
    await ana.context.close();
  });
});

describe('the installed pages', () => {
  it('have what a browser asks for: a secure page, a manifest with icons, a worker that answers', async () => {
    const ana = await person(suite.browser, suite.url, 'ana', { serviceWorkers: 'allow' });
    await ana.open('/');
    const cdp = await ana.context.newCDPSession(ana.page);
    await expect
      .poll(async () =>
        (await cdp.send('Page.getInstallabilityErrors')).installabilityErrors.map(({ errorId }) => errorId),
      )
      // Contexts of tests are like private windows, which install nothing.
      .toEqual(['in-incognito']);
    const { errors, url } = await cdp.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    expect(url).toBe(`${suite.url}/manifest.webmanifest`);
    await ana.context.close();
  });
});
