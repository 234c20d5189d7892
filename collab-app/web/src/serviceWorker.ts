/*
 * Keeps the shell of the pages, so that they open without a network. It keeps no answers of the API: the pages keep the
 * text of opened drafts themselves, for each user.
 *
 * The files of the shell, all with their content's hash in their names, are put in at the build.
 */

declare const SHELL: { readonly files: readonly string[]; readonly version: string };

/** The part of the worker's scope that is used. */
interface WorkerScope {
  readonly location: { readonly origin: string };
  readonly clients: { readonly claim: () => Promise<void> };
  readonly skipWaiting: () => Promise<void>;
  readonly addEventListener: (type: string, listener: (event: WorkerEvent) => void) => void;
}

interface WorkerEvent {
  readonly request: Request;
  readonly data: unknown;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly respondWith: (response: Promise<Response>) => void;
}

const worker = globalThis as unknown as WorkerScope;
const prefix = 'ringdraft-shell-';
const cacheName = prefix + SHELL.version;
const page = '/';
/** After this time the kept page opens. */
const pageTimeoutMs = 4_000;

worker.addEventListener('install', (event) => {
  const all = [page, ...SHELL.files].map((path) => new Request(path, { cache: 'no-cache' }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(all)));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(removeOldShells().then(() => worker.clients.claim()));
});

worker.addEventListener('message', (event) => {
  if (event.data === 'activate') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(pageOf(request));
  else if (SHELL.files.includes(url.pathname)) event.respondWith(fileOf(request));
});

async function removeOldShells(): Promise<void> {
  const old = (await caches.keys()).filter((key) => key.startsWith(prefix) && key !== cacheName);
  await Promise.all(old.map((key) => caches.delete(key)));
}

/** The page as the server has it, or as it was kept. */
async function pageOf(request: Request): Promise<Response> {
  const late = new Promise<null>((resolve) => {
    setTimeout(() => {
      resolve(null);
    }, pageTimeoutMs);
  });
  const current = fetch(request);
  const response = await Promise.race([current, late]).catch(() => null);
  if (response !== null && response.status < 500) return response;
  return (await caches.match(page, { cacheName })) ?? response ?? current;
}

async function fileOf(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName })) ?? fetch(request);
}

export {};
