import react from '@vitejs/plugin-react';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defaultClientConditions, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Where the program listens while Vite serves the pages in development. */
const program = process.env['RINGDRAFT_URL'] ?? 'http://127.0.0.1:8080';

/** Tests of the packaged program in a browser, each file with a program of its own; those in `long` take minutes. */
const inBrowser = { testTimeout: 60_000, hookTimeout: 120_000 };

/** Tells the service worker which files the pages are made of; its version changes with any of them. */
function shell(): Plugin {
  return {
    name: 'shell',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['serviceWorker.js'];
      if (worker?.type !== 'chunk') throw new Error('the build has no service worker');
      const assets = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
      const icons = readdirSync(fileURLToPath(new URL('public', import.meta.url)));
      const files = [...assets, ...icons].sort().map((name) => `/${name}`);
      const version = createHash('sha256').update(files.join()).digest('hex').slice(0, 12);
      worker.code = `const SHELL=${JSON.stringify({ files, version })};${worker.code}`;
    },
  };
}

export default defineConfig({
  plugins: [react(), shell()],
  resolve: { conditions: ['ringdraft-source', ...defaultClientConditions] },
  build: {
    target: 'es2022',
    // Everything is a hashed file of its own: the page's Content-Security-Policy allows no data: and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', serviceWorker: 'src/serviceWorker.ts' },
      output: {
        // A service worker is found again by its name, and its folder is its scope.
        entryFileNames: ({ name }) => (name === 'serviceWorker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/v1': { target: program, ws: true } } },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.test.ts'] } },
      { extends: true, test: { ...inBrowser, name: 'e2e', include: ['e2e/*.test.ts'] } },
      {
        extends: true,
        test: { ...inBrowser, fileParallelism: false, name: 'e2e-long', include: ['e2e/long/*.test.ts'] },
      },
    ],
  },
});
